import { afterAll, beforeAll, expect, it } from 'vitest';
import { loosePieces, OtlpReceiver } from '#tracing/testing';
import { eventually } from '../support/eventually.js';
import type { AccountRow, Listing } from '../support/rollcall-api.js';
import { startAsServices, type RollcallSystem } from '../support/rollcall-system.js';

let receiver: OtlpReceiver;
let system: RollcallSystem;

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  system = await startAsServices({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    // Only notices bring changes: what a sweep finds first is a trace of the sweep.
    SWEEP_INTERVAL_SECONDS: '600',
  });
});

afterAll(async () => {
  await system.stop();
  await receiver.stop();
});

it('a change is one trace over all services, carried by the headers of real Kafka', async () => {
  const accounts = async () =>
    (await system.api.get<Listing<AccountRow>>(`/accounts?connectionId=${system.connectionId}&limit=1000`)).items;
  await eventually(async () => expect((await accounts()).length).toBeGreaterThanOrEqual(25), { deadlineMs: 60_000 });
  // The first of them may be found by a read that the beginning of the watch still owed, or by that of their names.
  const walkers = [];
  for (const name of ['First Walker', 'Second Walker', 'Third Walker']) walkers.push(await system.tenant.addUser(name));
  for (const { id } of walkers) {
    await system.tenant.addMember(system.groupId, id);
    await eventually(async () => expect((await accounts()).map(({ entraObjectId }) => entraObjectId)).toContain(id), {
      deadlineMs: 30_000,
    });
  }

  await eventually(
    () => {
      const created = receiver.spans.filter(({ attributes }) => attributes['rollcall.people.created'] === 1);
      const trace = created
        .map(({ traceId }) => receiver.trace(traceId))
        .find((spans) => spans.some(({ name }) => name === 'POST /webhooks/graph/notifications'));
      if (trace === undefined) throw new Error('no notice led to an account yet');
      expect(loosePieces(trace)).toEqual([]);
      // A run that goes on at the same time may hear of it too.
      expect(trace.map(({ service }) => service)).toEqual(
        expect.arrayContaining(['rollcall-subscription', 'rollcall-provisioning', 'rollcall-notification', 'rollcall-admin-api']),
      );
      const processed = trace.filter(({ kind }) => kind === 'consumer');
      expect(new Set(processed.map(({ attributes }) => attributes['messaging.system']))).toEqual(new Set(['kafka']));
    },
    { deadlineMs: 30_000, everyMs: 500 },
  );
});
