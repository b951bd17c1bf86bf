import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { AdminApiModule } from '../admin-api.module.js';
import { problemSchema } from '../http/schemas.js';
import { letOptionalBodiesBeAbsent, toOpenApiSchema } from './to-open-api-schema.js';

/** The published description of the API, made from the controllers and their schemas; committed as `apps/admin-api/openapi.json`. */
export function buildOpenApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Rollcall')
    .setDescription('Keeps the people of a business application equal to the Microsoft Entra groups they belong to.')
    .setVersion('1')
    .setOpenAPIVersion('3.0.3')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addCookieAuth('rollcall_session')
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    include: [AdminApiModule],
    standardSchemaConverter: toOpenApiSchema,
  });
  letOptionalBodiesBeAbsent(document);
  const problem = toOpenApiSchema(problemSchema, { schemaType: 'output' });
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ...problem?.components } },
  };
}
