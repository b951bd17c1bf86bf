import { applyDecorators, Controller, UseFilters, UseGuards, UseInterceptors, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiTags } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { PermissionGuard } from './permission.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { StrictRequestInterceptor } from './strict-request.interceptor.js';
import { validationPipe } from './validation.js';

export const API_PREFIX = 'api/v1';

/** A controller of the API: behind the guard, strict, and answering problem details. */
export function AdminController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`${API_PREFIX}/${path}`),
    UseGuards(PermissionGuard),
    UsePipes(validationPipe),
    UseFilters(ProblemFilter),
    UseInterceptors(StrictRequestInterceptor, IdempotencyInterceptor),
    ApiTags(path.split('/')[0] ?? path),
    ApiBearerAuth(),
    ApiDefaultResponse({
      description: 'Problem details (RFC 9457)',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
}
