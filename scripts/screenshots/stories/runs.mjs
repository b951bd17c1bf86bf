/** A run in each of its states, also those that pass too quickly to be seen, or that a healthy tenant never brings about. */
export const showRunStates =
  ({ address, read }) =>
  async ({ page, shoot }) => {
    const { items } = await read('/sync-runs?limit=100');
    const run = items.find(({ summary }) => summary !== null && summary.created > 0);
    const newer = items.find(({ id }) => id !== run.id);
    let part = {};
    await page.route(
      (url) => url.pathname === `/api/v1/sync-runs/${run.id}`,
      (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ ...run, ...part }) }),
    );
    for (const [name, change] of statesOf(run, newer)) {
      part = change;
      await page.goto(`${address}/sync-runs/${run.id}`);
      await shoot(`run-${name}`);
      if (name !== 'reading') continue;
      await page.getByRole('button', { name: 'Cancel the run' }).click();
      await shoot('run-cancel');
    }
  };

function statesOf({ progress, summary, groupIds }, newer) {
  const underWay = (state, more = {}) => ({
    state,
    summary: null,
    endedAt: null,
    progress: { ...progress, toApply: null, applied: 0, perSecond: null, secondsLeft: null, ...more },
  });
  const reading = { groups: { total: 12, read: 3, unreadable: 0 }, membersRead: 4_200, perSecond: 850, secondsLeft: 95 };
  const groupId = groupIds?.[0] ?? '00000000-0000-0000-0000-000000000000';
  return [
    ['requested', underWay('requested')],
    ['reading', underWay('reading', reading)],
    [
      'throttled',
      {
        ...underWay('reading', { ...reading, perSecond: null, secondsLeft: null }),
        waiting: { code: 'THROTTLED', until: new Date(Date.now() + 90_000).toISOString() },
      },
    ],
    ['comparing', underWay('comparing')],
    ['approved', underWay('approved', { toApply: 1_200 })],
    ['applying', underWay('applying', { toApply: 1_200, applied: 310, perSecond: 400, secondsLeft: 3 })],
    [
      'with-problems',
      {
        summary: {
          ...summary,
          skipped: 3,
          skippedByReason: { NO_USABLE_EMAIL: 2, GUEST_EXCLUDED: 1 },
          stale: 1,
          held: 12,
          failed: 1,
          missedNotices: 2,
          unreadable: [{ groupId, code: 'MEMBERS_UNREADABLE' }],
        },
      },
    ],
    [
      'failed',
      {
        state: 'failed',
        summary: null,
        error: {
          code: 'CONSENT_MISSING',
          message: 'the application may not read members: Group.Read.All is missing',
          remedy: 'Add the permission in Entra and choose Grant admin consent.',
        },
      },
    ],
    ['cancelled', { state: 'cancelled' }],
    [
      'expired',
      {
        state: 'cancelled',
        summary: null,
        error: {
          code: 'EXPIRED',
          message: 'the plan waited for 14 days without being approved',
          remedy: 'Start another run: its plan is computed from the tenant as it is now.',
        },
      },
    ],
    ['superseded', { state: 'superseded', summary: null, supersededBy: newer.id }],
    ['undone', { undone: true }],
  ];
}
