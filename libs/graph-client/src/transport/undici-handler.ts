import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { fetch, type Dispatcher, type RequestInit } from 'undici';
import { callOf } from './graph-call.js';
import { isLostConnection, toUnavailable } from './network-failure.js';

/** End of the chain: undici's fetch, with the connection's own sockets and time-outs, following no redirect. */
export class UndiciHandler implements Middleware {
  constructor(private readonly dispatcher: Dispatcher) {}

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    const { method, headers, body } = context.options ?? {};
    const send = async (): Promise<Response> => {
      call.sent += 1;
      const response = await fetch(call.url, {
        method,
        headers: withoutTypeOfNothing(headers as Record<string, string>, body),
        body,
        dispatcher: this.dispatcher,
        redirect: 'manual',
        signal: call.signal,
      } as RequestInit);
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- undici's Response is the global one's twin
      return response;
    };
    try {
      context.response = await send().catch((error: unknown) => {
        // A kept-alive socket may be closed by the other side just as it is used again: that costs one more try, at once.
        if (call.repeatable && isLostConnection(error)) return send();
        throw error;
      });
    } catch (error) {
      throw call.signal.aborted ? call.signal.reason : toUnavailable(error, call.operation.name);
    }
  }
}

/** The Graph client names a content type for every POST, also for `reauthorize`, whose body must be empty (Graph sheet 4.1). */
function withoutTypeOfNothing(headers: Readonly<Record<string, string>>, body: unknown): Record<string, string> {
  if (body !== undefined && body !== null) return { ...headers };
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type'));
}
