import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Graph proves that the webhook is ours by sending a token that it wants back (Graph sheet 4.2). Answered before the body is looked
 * at, without any engine and for any subscription, also on renewals. Plain text, so that nobody renders a foreign token as a page.
 */
export function answerValidation(
  request: IncomingMessage & { readonly originalUrl?: string },
  response: ServerResponse,
  next: () => void,
): void {
  const token = new URL(request.originalUrl ?? request.url ?? '/', 'http://webhook').searchParams.get('validationToken');
  if (token === null) return next();
  request.resume();
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(token);
}
