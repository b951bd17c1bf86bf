import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { AdminApiModule } from '../admin-api.module.js';

/** The published description of the API, made from the controllers and their schemas; committed as `apps/admin-api/openapi.json`. */
export function buildOpenApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Rollcall')
    .setDescription('Keeps the people of a business application equal to the Microsoft Entra groups they belong to.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addCookieAuth('rollcall_session')
    .build();
  return SwaggerModule.createDocument(app, about, { include: [AdminApiModule] });
}
