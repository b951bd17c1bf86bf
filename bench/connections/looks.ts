import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { silentLog } from '#contracts';
import type { Database } from '#database';
import type { PeopleContext } from '#people';
import type { Task } from '#service-host';
import { addRechecks, ConnectionReconciler, defaultTimings, readConnectionWithPicture, type WatchContext } from '#watch';
import { RaiseAlarmsTask } from '../../apps/admin-api/src/tasks/raise-alarms.task.js';
import { StartBaselinesTask } from '../../apps/full-sync/src/tasks/start-baselines.task.js';
import { StartScheduledRunsTask } from '../../apps/full-sync/src/tasks/start-scheduled-runs.task.js';
import { NoticeMetrics } from '../../apps/notification/src/notice-metrics.js';
import { CheckStandingCausesTask } from '../../apps/notification/src/tasks/check-standing-causes.task.js';
import { SendDigestsTask } from '../../apps/notification/src/tasks/send-digests.task.js';
import { RedecideConnectionsTask } from '../../apps/provisioning/src/tasks/redecide-connections.task.js';
import { JudgeSweepsTask } from '../../apps/subscription/src/tasks/judge-sweeps.task.js';
import { ReconcileConnectionsTask } from '../../apps/subscription/src/tasks/reconcile-connections.task.js';

const clock = () => new Date();

/** The tasks of all services that go through the connections, at whatever interval: none of them asks Graph anything here. */
export function tasksThatLook(db: Database): readonly Task[] {
  const context: PeopleContext = {
    connectionOf: readConnectionWithPicture,
    onContradiction: addRechecks,
    onGroupNamed: async () => undefined,
  };
  const tools = { context, clock, settleMs: defaultTimings.settleMs, newId: randomUUID };
  const watch = watchOf(db);
  return [
    new ReconcileConnectionsTask(new ConnectionReconciler(watch)),
    new JudgeSweepsTask(watch, silentLog),
    new RedecideConnectionsTask(db, tools, clock, silentLog),
    new StartBaselinesTask(db, clock, silentLog),
    new StartScheduledRunsTask(db, clock, silentLog),
    new CheckStandingCausesTask(db, clock, new NoticeMetrics(new Registry(), db, clock), silentLog),
    new SendDigestsTask(db, clock),
    new RaiseAlarmsTask(db, clock, silentLog, defaultTimings.sweepMs),
  ];
}

export function watchOf(db: Database): WatchContext {
  const noGraph = () => Promise.reject(new Error('a look asks nothing of Graph'));
  return {
    db,
    clock,
    log: silentLog,
    graph: { open: noGraph, recovered: noGraph, failed: noGraph },
    timings: defaultTimings,
    holder: 'bench',
    random: Math.random,
  };
}
