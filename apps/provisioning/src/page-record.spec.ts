import { Registry } from 'prom-client';
import { expect, it, vi } from 'vitest';
import { silentLog } from '#contracts';
import type { ApplyOutcome } from '#people';
import { PageMetrics } from './page-metrics.js';
import { PageRecord } from './page-record.js';

const page = { connectionId: 'c', readNo: 7, groupId: 'g' };
type Counts = Extract<ApplyOutcome, { outcome: 'applied' }>['counts'];
const nothing = {
  created: 0,
  updated: 0,
  deactivated: 0,
  reactivated: 0,
  granted: 0,
  revoked: 0,
  held: 0,
  skipped: 0,
  deferred: 0,
};
const applied = (counts: Partial<Counts>): ApplyOutcome => ({
  outcome: 'applied',
  counts: { ...nothing, heldPeople: new Set(), ...counts },
  changedFacts: 1,
  rechecks: 0,
  stale: 0,
});

it('tells whom a change in the tenant affected, loudly where something is held, and nothing where nobody is', () => {
  const log = { ...silentLog, info: vi.fn(), warn: vi.fn() };
  const record = new PageRecord(new PageMetrics(new Registry()), log);
  record.keep('memberships', page, applied({}));
  record.keep('memberships', page, { outcome: 'staged' });
  record.keep('memberships', { ...page, runId: 'r' }, applied({ created: 25 }));
  expect(log.info).not.toHaveBeenCalled();
  record.keep('memberships', page, applied({ created: 1, granted: 1 }));
  expect(log.info).toHaveBeenCalledExactlyOnceWith({ ...page, created: 1, granted: 1 }, 'changes in Entra were applied');
  record.keep('memberships', page, applied({ held: 26 }));
  expect(log.warn).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ held: 26 }), expect.stringContaining('held'));
});
