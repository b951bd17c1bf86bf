import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { isStorable } from '#contracts';
import { isTooDeep, MAX_BODY_DEPTH } from '#service-host';
import { invalid, toFieldErrors } from './validation.js';

const nothing = z.strictObject({}).nullish();

/**
 * Strict beyond the schemas of a route: a query or body that it does not read is refused by its fields, and so is what could never be
 * stored. Before anything looks into the body.
 */
@Injectable()
export class StrictRequestInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body, query } = context.switchToHttp().getRequest<FastifyRequest>();
    if (isTooDeep(body)) throw invalid([{ field: 'body', message: `is deeper than ${MAX_BODY_DEPTH} levels` }]);
    const field = unstorableField(query) ?? unstorableField(body);
    if (field !== null) throw invalid([{ field: field.join('.') || 'body', message: 'holds a character that no text may hold' }]);
    if (!reads(context, RouteParamtypes.QUERY)) assertNothing(query);
    if (!reads(context, RouteParamtypes.BODY)) assertNothing(body);
    return next.handle();
  }
}

/** Whether the handler has a parameter of that kind; Nest keeps them as `kind:position`. */
function reads(context: ExecutionContext, kind: RouteParamtypes): boolean {
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${kind}:`));
}

function assertNothing(given: unknown): void {
  const { error } = nothing.safeParse(given);
  if (error !== undefined) throw invalid(error.issues.flatMap(toFieldErrors));
}

/** The path of the first text that Postgres would refuse, or null. */
function unstorableField(value: unknown): string[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : [];
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, each] of Object.entries(value)) {
    const path = unstorableField(each);
    if (path !== null) return [name, ...path];
  }
  return null;
}
