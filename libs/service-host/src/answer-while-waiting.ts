import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Health } from './health.js';

/** Answers a request that needs no engine; false, and nothing written, where it is another one. */
export type EarlyAnswer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What a process says before its engines were first there: alive, not ready and why, and 503 for whatever needs an engine. */
export function answerWhileWaiting(health: Health, early: EarlyAnswer | undefined) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (early?.(request, response) === true) return;
    const live = pathOf(request) === '/health/live';
    const { checks } = await health.report();
    response.writeHead(live ? 200 : 503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' });
    response.end(JSON.stringify(live ? { status: 'live' } : { status: 'waiting', checks }));
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}
