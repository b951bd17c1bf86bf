import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import type { EventDefinition } from '#contracts';

/** What `@OnEvent` leaves for `LogStrategy`. */
export interface OnEventExtras {
  readonly handlerName: string;
  readonly definitions: readonly EventDefinition[];
}

/** Joins a handler to the strategy of its group, so that several groups can live in one process. */
export function logTransport(group: string): symbol {
  return Symbol.for(`rollcall.log.${group}`);
}

/**
 * Marks a method of a controller as the handler of one or more event types for a consumer group. It gets a `Delivery` and returns
 * when its effects are durable. Its class name is the handler's name in metrics and logs.
 */
export function OnEvent(group: string, ...definitions: readonly EventDefinition[]): MethodDecorator {
  return (target, key, descriptor) => {
    const extras: OnEventExtras = { handlerName: target.constructor.name, definitions };
    const types = definitions.map(({ type }) => type);
    applyDecorators(EventPattern<string[]>(types, logTransport(group), extras), UseFilters(PassFailureOn))(
      target,
      key,
      descriptor,
    );
  };
}

/** Without it Nest replaces every error by "Internal server error", and a database that is away would look like a poison message. */
@Catch()
class PassFailureOn implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
