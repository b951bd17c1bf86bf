import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog, type Log } from '#contracts';
import { startTracing, type Tracing } from '#tracing';
import { loosePieces, OtlpReceiver, type ReceivedSpan } from '#tracing/testing';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

const WEBHOOK = 'POST /webhooks/graph/notifications';
const CHANGES = 'directory.changes.v1';
const EVENTS = 'provisioning.events.v1';

const rootOf = (trace: readonly ReceivedSpan[]) =>
  trace.filter(({ parentSpanId }) => parentSpanId === '').map(({ name }) => name);
const namesOf = (trace: readonly ReceivedSpan[]) => [...new Set(trace.map(({ name }) => name))];
const sumOf = (trace: readonly ReceivedSpan[], attribute: string) =>
  trace.reduce((sum, { attributes }) => sum + Number(attributes[attribute] ?? 0), 0);

describe('the trace of a change', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing;
  let system: RollcallInProcess;
  let tenant: LiveTenant;
  let runId: string;
  const newcomers: string[] = [];

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    tracing = await startTracing({ service: 'test', endpoint: receiver.endpoint, log: silentLog });
    // Only the notice brings the change: a sweep that finds it first would begin a trace of its own. The second comparison of the
    // baseline, after settle, would be another run.
    const waits = { sweepMs: 600_000, degradedSweepMs: 600_000, settleMs: 3_600_000 };
    system = await RollcallInProcess.start({ notices: { smtpUrl: null }, waits });
    tenant = await system.connect();

    // The first of them may be found by a read that the beginning of the watch still owed, or by that of their names.
    for (const name of ['First Newcomer', 'Second Newcomer', 'Third Newcomer'])
      newcomers.push(tenant.control.addPerson({ displayName: name }));
    for (const newcomer of newcomers) {
      tenant.control.addMember(tenant.groupId, newcomer);
      await tenant.untilStatus(newcomer, 'inactive');
    }
    for (const member of tenant.control.members(tenant.groupId)) tenant.control.removeMember(tenant.groupId, member.id);
    await eventually(async () => expect((await tenant.held()).length).toBeGreaterThan(3), { deadlineMs: 20_000 });
    await eventually(async () => expect((await system.api.get<{ items: unknown[] }>('/notifications')).items).not.toEqual([]), {
      deadlineMs: 20_000,
    });

    await eventually(async () => expect(await runs('requested', 'reading', 'comparing', 'applying')).toEqual([]), {
      deadlineMs: 30_000,
    });
    const path = `/connections/${tenant.connectionId}/sync-runs`;
    ({ id: runId } = await system.api.post<{ id: string }>(path, { kind: 'full', apply: 'automatic' }));
    await eventually(async () => expect(await system.api.get(`/sync-runs/${runId}`)).toMatchObject({ state: 'completed' }), {
      deadlineMs: 60_000,
    });
    await system.stop();
    await tracing.stop();
  }, 120_000);

  afterAll(async () => {
    await tracing.stop();
    await receiver.stop();
  });

  const runs = async (...states: readonly string[]) => {
    const { items } = await system.api.get<{ items: { state: string }[] }>(`/sync-runs?connectionId=${tenant.connectionId}`);
    return items.filter(({ state }) => states.includes(state));
  };

  /** The traces in which some span tells this. */
  const tracesWith = (tells: (span: ReceivedSpan) => boolean) =>
    [...new Set(receiver.spans.filter(tells).map(({ traceId }) => traceId))].map((id) => receiver.trace(id));

  it('leads in one piece from the notice over the log and the delta read to the account row', () => {
    const trace = tracesWith(({ attributes }) => attributes['rollcall.people.created'] === 1).find(
      (each) => rootOf(each)[0] === WEBHOOK && each.some(({ name }) => name === 'read groups chain'),
    )!;
    expect(loosePieces(trace)).toEqual([]);
    expect(namesOf(trace)).toEqual(
      expect.arrayContaining([
        WEBHOOK,
        'read groups chain',
        'GET groupsDelta.read',
        `send ${CHANGES}`,
        `process ${CHANGES}`,
        'read principals',
        `send ${EVENTS}`,
        `process ${EVENTS}`,
      ]),
    );
    const webhook = trace.find(({ name }) => name === WEBHOOK);
    expect(webhook).toMatchObject({
      kind: 'server',
      attributes: { 'http.route': '/webhooks/graph/notifications', 'http.response.status_code': 202 },
    });
    const graph = trace.find(({ name }) => name === 'GET groupsDelta.read');
    expect(graph).toMatchObject({
      kind: 'client',
      attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200 },
    });
    expect(trace.find(({ name }) => name === `send ${CHANGES}`)).toMatchObject({
      kind: 'producer',
      attributes: { 'messaging.destination.name': CHANGES, 'messaging.system': 'rollcall_log' },
    });
    expect(trace.find(({ name }) => name === `process ${CHANGES}`)).toMatchObject({
      kind: 'consumer',
      attributes: { 'messaging.consumer.group.name': 'provisioning' },
    });
  });

  it('goes on to the notice that tells of it', () => {
    const [trace = []] = tracesWith(
      ({ name, attributes }) => name === 'deliver notice by inProduct' && attributes['rollcall.notice_kind'] === 'guardHolding',
    );
    expect(loosePieces(trace)).toEqual([]);
    expect(rootOf(trace)).toEqual([WEBHOOK]);
    expect(sumOf(trace, 'rollcall.people.held')).toBeGreaterThan(0);
  });

  it('of a full sync is one too, from the request to its end, with its id', () => {
    const traces = tracesWith(({ attributes }) => attributes['rollcall.run_id'] === runId);
    expect(traces).toHaveLength(1);
    const [trace = []] = traces;
    expect(loosePieces(trace)).toEqual([]);
    expect(rootOf(trace)).toEqual(['POST /api/v1/connections/:id/sync-runs']);
    expect(namesOf(trace)).toEqual(
      expect.arrayContaining([
        'request run',
        'run requested',
        'run reading',
        'run comparing',
        'run applying',
        'send sync.runs.v1',
      ]),
    );
  });

  it('of a run that nobody asked for begins with the request of it', () => {
    const baseline = tracesWith(
      ({ name, attributes }) => name === 'run applying' && attributes['rollcall.run_reason'] === 'BASELINE',
    );
    expect(baseline.map(rootOf)).toEqual([['request run']]);
    const [trace = []] = baseline;
    const created = sumOf(trace, 'rollcall.people.created');
    expect(created).toBeGreaterThan(20);
    // The people of a page are one span a partition for each reader of the log, not one each.
    const accountEvents = trace.filter(({ name }) => name === `process ${EVENTS}`);
    expect(sumOf(accountEvents, 'messaging.batch.message_count')).toBeGreaterThanOrEqual(2 * created);
    expect(accountEvents.length).toBeLessThan(2 * created);
  });

  it('holds no address, name, key, token or secret (invariant 10)', () => {
    const said = JSON.stringify(receiver.spans);
    const people = tenant.control.users({ limit: 1_000 });
    for (const { displayName } of people) expect(said).not.toContain(displayName);
    expect(said).not.toMatch(/@|Bearer|\$deltatoken|\$filter|[?&]k=|clientState/i);
    expect(said).not.toContain(tenant.simulator.clientSecret);
  });

  it('leaves probes and scrapes out', () => {
    expect(receiver.spans.filter(({ name }) => /health\/ready|metrics|\/events/.test(name))).toEqual([]);
  });
});

describe('a receiver of traces that is away', () => {
  it('changes nothing for the product, and is said once', async () => {
    const said: string[] = [];
    const log: Log = { ...silentLog, warn: (_fields, message) => void said.push(message) };
    const tracing = await startTracing({ service: 'test', endpoint: `http://127.0.0.1:${await freePort()}`, log });
    const system = await RollcallInProcess.start();
    const tenant = await system.connect();
    await tenant.join('Unseen Newcomer');
    await eventually(async () => expect(said).not.toEqual([]), { deadlineMs: 30_000 });
    await tenant.join('Second Newcomer');
    await system.stop();
    await tracing.stop();
    expect(said).toEqual(['the receiver of traces takes no spans; they are dropped until it does']);
  });

  it('may also take the connection and never answer', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const tracing = await startTracing({ service: 'test', endpoint: `http://127.0.0.1:${port}`, log: silentLog });
    const system = await RollcallInProcess.start();
    const tenant = await system.connect();
    await tenant.join('Patient Newcomer');
    await system.stop();
    await tracing.stop();
    server.close();
  });
});
