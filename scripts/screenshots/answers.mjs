/** Answers that no tenant gives at will: put into the browser of a picture, never into the product. */

const PROBLEM = {
  code: 'CONSENT_MISSING',
  detail: 'The application may not read members: Group.Read.All is missing.',
  remedy: 'Add the permission in Entra and choose Grant admin consent, then try again.',
  correlationId: '0f0e0d0c-0000-4000-8000-000000000000',
};

/** Everything but the session is refused, with a problem that has a remedy. */
export async function breakApi(context) {
  await context.route(
    (url) => url.pathname.startsWith('/api/v1/') && url.pathname !== '/api/v1/me',
    (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) }),
  );
}

/** Two messages that no handler could take. */
export async function addDeadLetters(context, { connectionId, groupId }) {
  const letter = (change) => ({
    id: '01989a2e-1f00-7000-8000-00000000000a',
    connectionId,
    group: 'provisioning',
    topic: 'directory.changes.v1',
    eventId: '01989a2e-1f00-7000-8000-0000000000e1',
    eventType: 'rollcall.directory.memberships.changed',
    reason: { code: 'QueryFailedError', message: 'duplicate key value violates unique constraint "accounts_pkey"' },
    attempts: 6,
    firstAt: new Date(Date.now() - 5 * 60_000).toISOString(),
    lastAt: new Date(Date.now() - 2 * 60_000).toISOString(),
    payload: JSON.stringify({
      specversion: '1.0',
      type: 'rollcall.directory.memberships.changed',
      data: { connectionId, groupId, items: [{ memberId: '2f0d1a5c-0000-4000-8000-000000000001', change: 'added' }] },
    }),
    ...change,
  });
  const items = [
    letter({}),
    letter({
      id: '01989a2e-1f00-7000-8000-00000000000b',
      connectionId: null,
      group: 'notification',
      topic: 'provisioning.events.v1',
      eventType: null,
      reason: { code: 'SyntaxError', message: 'Unexpected token in JSON at position 0' },
      attempts: 1,
      payload: 'not a message',
    }),
  ];
  await context.route(
    (url) => url.pathname === '/api/v1/dead-letters',
    (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ items, nextCursor: null }) }),
  );
}
