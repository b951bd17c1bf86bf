import { randomBytes } from 'node:crypto';
import { failed, passed } from './check.js';
import type { Check } from './self-test.schemas.js';

const DEADLINE_MS = 10_000;

/**
 * Calls the webhook under its public address as Graph does when a subscription is made. It proves name, certificate and routing as
 * seen from here; that Graph reaches it too is proved by the first subscription.
 */
export async function checkWebhook(publicUrl: string | null, fetchUrl: typeof fetch = fetch): Promise<Check> {
  if (publicUrl === null)
    return passed('webhook', 'No PUBLIC_URL is set: changes are found by the sweep (polling mode).', { mode: 'polling' });
  const url = new URL(`${publicUrl}/webhooks/graph/notifications`);
  const token = randomBytes(16).toString('hex');
  url.searchParams.set('validationToken', token);
  const facts = { url: url.origin + url.pathname };
  try {
    const answer = await fetchUrl(url, { method: 'POST', signal: AbortSignal.timeout(DEADLINE_MS), redirect: 'error' });
    const body = await answer.text();
    if (answer.status === 200 && body === token) return passed('webhook', 'The webhook answers under its public address.', facts);
    return failed('webhook', 'WEBHOOK_UNREACHABLE', `${facts.url} answered ${answer.status}, not the validation token.`, {
      ...facts,
      status: answer.status,
    });
  } catch (error) {
    return failed('webhook', 'WEBHOOK_UNREACHABLE', `${facts.url} cannot be reached: ${reasonOf(error)}.`, facts);
  }
}

/** fetch hides the cause (name not found, certificate, refused) one level down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
