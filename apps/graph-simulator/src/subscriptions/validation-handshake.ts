import { randomUUID } from 'node:crypto';
import { request, type Dispatcher } from 'undici';
import { GraphError } from '../http/graph-error.js';

const DEADLINE_MS = 10_000;

/**
 * Asks the endpoint whether it wants notifications: it must answer 200 with the decoded token, as plain text, within ten
 * seconds. Redirects are not followed.
 */
export async function validateEndpoint(url: string, dispatcher: Dispatcher): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const encoded = encodeURIComponent(token).replaceAll('%20', '+').replaceAll('%3A', '%3a');
  const target = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encoded}`;
  const answer = await ask(target, dispatcher);
  const isPlain = /^text\/plain\b/i.test(answer.contentType);
  if (answer.status === 200 && isPlain && answer.body === token) return;
  throw refusal('Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.');
}

async function ask(target: string, dispatcher: Dispatcher): Promise<{ status: number; contentType: string; body: string }> {
  try {
    const response = await request(target, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: '',
      dispatcher,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return {
      status: response.statusCode,
      contentType: String(response.headers['content-type'] ?? ''),
      body: await response.body.text(),
    };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw refusal(
      isLate
        ? 'Subscription validation request timed out.'
        : 'Subscription validation request failed. Response must exactly match validationToken query parameter.',
    );
  }
}

function refusal(message: string): GraphError {
  return new GraphError(400, 'ValidationError', message);
}
