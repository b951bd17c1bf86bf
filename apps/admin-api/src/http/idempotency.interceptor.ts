import { Inject, Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { catchError, from, mergeMap, of, type Observable } from 'rxjs';
import { claimIdempotencyKey, keepAnswer, releaseIdempotencyKey, type IdempotentRequest } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import type { AuthenticatedRequest } from './permission.guard.js';
import { ProblemError } from './problem.js';

const CREATES = 'rollcall:creates';
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

/** A POST that creates: with an `Idempotency-Key`, a repetition gets the first answer. */
export const Creates = (): MethodDecorator => SetMetadata(CREATES, true);

/** Runs the work of one key once. A failure frees the key, so that the corrected request may use it. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const idempotent = this.idempotentRequest(context, http.getRequest<AuthenticatedRequest>());
    if (idempotent === null) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const claim = await claimIdempotencyKey(this.services.db, idempotent, this.services.clock());
    if (claim.kind === 'inFlight')
      throw new ProblemError('CONFLICT', 'The first request with this idempotency key is still being worked on.');
    if (claim.kind === 'answered') {
      void reply.status(claim.answer.status).header('idempotency-replayed', 'true');
      return of(claim.answer.body);
    }
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        await keepAnswer(this.services.db, idempotent, { status: reply.statusCode, body });
        return body;
      }),
      catchError((error: unknown) =>
        from(releaseIdempotencyKey(this.services.db, idempotent)).pipe(
          mergeMap(() => {
            throw error;
          }),
        ),
      ),
    );
  }

  private idempotentRequest(context: ExecutionContext, request: AuthenticatedRequest): IdempotentRequest | null {
    const key = request.headers['idempotency-key'];
    const creates = this.reflector.get<boolean | undefined>(CREATES, context.getHandler()) ?? false;
    if (key === undefined || !creates || request.authentication === undefined) return null;
    if (typeof key !== 'string' || !KEY_FORM.test(key)) {
      throw new ProblemError('VALIDATION_FAILED', 'Idempotency-Key must be 1 to 255 printable characters.', {
        errors: [{ field: 'Idempotency-Key', message: 'must be 1 to 255 printable characters' }],
      });
    }
    const { organisationId } = request.authentication.actor;
    return { organisationId, key, content: [request.method, request.url, request.body] };
  }
}
