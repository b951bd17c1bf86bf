import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraphCaller, itemsOf } from '../testing/graph-caller.js';

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
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('is the same after a restart: people, ports, secrets, certificate, delta history, clock', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'simulator-'));
    folders.push(dataDir);
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
});
