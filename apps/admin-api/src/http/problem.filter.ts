import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { correlationIdOf } from './correlation-id.js';
import { describeFailure } from './describe-failure.js';
import { problemOf } from './problem.js';

/** Answers every failure as problem details with a correlation id; an unexpected one is logged under that id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const failure = describeFailure(error);
    const correlationId = correlationIdOf(request);
    if (failure.unexpected) {
      this.services.log.error(
        { error, correlationId, method: request.method, route: request.routeOptions.url },
        'a request failed unexpectedly',
      );
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.end();
      return;
    }
    const problem = problemOf(failure.code, failure.detail, correlationId, failure.facts);
    if (failure.retryAfterSeconds !== null) void reply.header('retry-after', String(failure.retryAfterSeconds));
    if (failure.code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('x-correlation-id', correlationId)
      .send(JSON.stringify(problem));
  }
}
