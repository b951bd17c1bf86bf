import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraphCaller, itemsOf } from '../testing/graph-caller.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';

describe('a simulated tenant', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
  });
  afterEach(() => graph.stop());

  it('serves Graph over TLS that its own CA proves', async () => {
    const answer = await graph.get('/organization');
    expect(answer.status).toBe(200);
    expect(itemsOf(answer)[0]).toMatchObject({ id: graph.simulator.tenantId, displayName: 'Contoso Simulated' });
  });

  it('begins with a first group of 25 usable people', async () => {
    const [first] = graph.simulator.groups;
    const { items } = await graph.readAll(
      `/groups/${first?.id ?? ''}/members?$select=id,mail,accountEnabled,userType,userPrincipalName`,
    );
    expect(items).toHaveLength(25);
    for (const item of items) {
      expect(item).toMatchObject({
        '@odata.type': '#microsoft.graph.user',
        accountEnabled: true,
        userType: 'Member',
        mail: expect.stringMatching(/^[a-z.]+@contoso\.example$/),
      });
    }
  });
});

describe('a tenant in a data folder', () => {
  const folders: string[] = [];
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('is the same after a restart: people, ports, secrets, certificate, delta history, clock', async () => {
    const dataDir = newFolder();
    const first = await GraphCaller.start({ dataDir });
    const group = first.idOf('Rollcall Users');
    const { deltaLink } = await first.readAll(`/groups/delta?$select=displayName,members&$filter=id eq '${group}'`);
    const person = first.simulator.control.addPerson({ displayName: 'Late Comer', groups: [group] });
    first.simulator.control.advanceClock(3_600_000);
    const { tenantId, clientId, clientSecret, graphBaseUrl, pageUrl, caPem, groups } = first.simulator;
    await first.stop();

    const second = await GraphCaller.start({ dataDir });
    expect(second.simulator).toMatchObject({ tenantId, clientId, clientSecret, graphBaseUrl, pageUrl, caPem, groups });
    expect(second.simulator.control.memberIds(group)).toContain(person);
    expect(second.simulator.control.now().getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    const { items } = await second.readAll(deltaLink);
    expect(items).toEqual([
      { id: group, displayName: 'Rollcall Users', 'members@delta': [{ '@odata.type': '#microsoft.graph.user', id: person }] },
    ]);
    await second.stop();
  });

  it('has an answered change on the disk at once, and takes other ports where the saved ones are taken', async () => {
    const [dataDir, copy] = [newFolder(), newFolder()];
    const killed = await GraphCaller.start({ dataDir });
    const group = killed.idOf('New Hires (empty)');
    const person = killed.simulator.control.addPerson({ displayName: 'Just Now', groups: [group] });
    cpSync(dataDir, copy, { recursive: true });

    const warnings: string[] = [];
    const log = { info: () => undefined, warn: (_fields: object, message: string) => warnings.push(message) };
    const survivor = await GraphCaller.start({ dataDir: copy, log });
    expect(survivor.simulator.control.memberIds(group)).toEqual([person]);
    expect(survivor.simulator.graphBaseUrl).not.toBe(killed.simulator.graphBaseUrl);
    expect(warnings).toHaveLength(2);
    await Promise.all([killed.stop(), survivor.stop()]);
  });

  it('tells after a restart what it had not delivered', async () => {
    const dataDir = newFolder();
    const hook = await WebhookReceiver.start();
    const first = await GraphCaller.start({ dataDir });
    const group = first.idOf('Rollcall Users');
    const expirationDateTime = new Date(Date.now() + 3_600_000).toISOString();
    const body = { changeType: 'updated', notificationUrl: hook.url, resource: `/groups/${group}`, expirationDateTime };
    expect((await first.call('POST', '/subscriptions', { body })).status).toBe(201);
    hook.answer = 503;
    const person = first.simulator.control.addPerson({ displayName: 'Kept Waiting', groups: [group] });
    await expect.poll(() => hook.posts).toBe(1);
    await first.stop();

    hook.answer = 202;
    const second = await GraphCaller.start({ dataDir });
    await expect
      .poll(() => hook.items)
      .toEqual([expect.objectContaining({ resourceData: expect.objectContaining({ 'members@delta': [{ id: person }] }) })]);
    // Told is one thing, known to be told another: a stop between the two tells again, as Graph does.
    await expect.poll(() => second.simulator.control.recentDeliveries().map(({ outcome }) => outcome)).toEqual([202]);
    await second.stop();
    const third = await GraphCaller.start({ dataDir });
    third.simulator.control.renameGroup(group, 'Only this is new');
    await expect.poll(() => hook.items.length).toBe(2);
    await Promise.all([third.stop(), hook.stop()]);
  });
});
