import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { request } from 'undici';
import { startSimulator, type RunningSimulator } from '../index.js';

describe('the control API', () => {
  let simulator: RunningSimulator;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.stop());

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; json: Record<string, unknown> }> {
    const response = await request(simulator.pageUrl + path, {
      method: method as 'GET',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  }

  it('does what the page offers', async () => {
    const group = simulator.groups[0]?.id ?? '';
    const { json } = await call('POST', '/control/people', { displayName: 'Jan Page', groups: [group] });
    const id = String(json['id']);
    expect(simulator.control.memberIds(group)).toContain(id);
    expect((await call('POST', `/control/users/${id}/disable`)).status).toBe(204);
    expect(simulator.control.object(id).attributes['accountEnabled']).toBe(false);
    expect((await call('POST', `/control/groups/${group}/empty`)).json).toEqual({ removed: 26 });
    expect((await call('POST', '/control/clock/advance', { ms: 1_000 })).status).toBe(200);
    expect((await call('POST', '/control/faults', { fault: { kind: 'throttle' } })).json['id']).toBe('fault-1');
    expect((await call('GET', '/control/objects/00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await call('POST', '/control/faults', { fault: { kind: 'nonsense' } })).status).toBe(400);
  });

  it('makes a small change to a group in one call, and says whom it concerned', async () => {
    const group = simulator.groups[0]?.id ?? '';
    const before = simulator.control.members(group);
    const { json } = await call('POST', `/control/groups/${group}/change-some`);
    expect(json).toEqual({
      newcomers: ['Nadia Newcomer', 'Noah Newcomer', 'Nora Newcomer'],
      renamed: before.slice(0, 2).map(({ displayName }) => displayName),
    });
    const names = simulator.control.members(group).map(({ displayName }) => displayName);
    expect(names).toHaveLength(before.length + 3);
    expect(names.filter((name) => name.endsWith(' (renamed)'))).toHaveLength(2);
  });

  it('makes tenants of a million users in one call, by index', async () => {
    const { json } = await call('POST', '/control/bulk', { createUsers: 1_000_000, addMembers: 10, newGroup: 'First Ten' });
    expect(simulator.control.members(String(json['groupId']))).toHaveLength(10);
    expect(simulator.control.object(String(json['lastUserId'])).attributes).toMatchObject({
      accountEnabled: true,
      mail: expect.stringContaining('@contoso.example'),
    });
    expect(simulator.control.countUsers()).toBeGreaterThan(1_000_000);
  });

  it('refuses other web pages and foreign host names', async () => {
    const body = { displayName: 'Evil' };
    expect((await call('POST', '/control/groups', body, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await call('POST', '/control/groups', body, { host: 'evil.example' })).status).toBe(403);
    expect((await call('POST', '/control/groups', body, { 'content-type': 'text/plain' })).status).toBe(403);
    expect((await call('POST', '/control/groups', body, { origin: simulator.pageUrl })).status).toBe(200);
  });

  it('serves the page under a strict policy', async () => {
    const response = await request(simulator.pageUrl);
    expect(response.headers['content-security-policy']).toContain("script-src 'self'");
    expect(await response.body.text()).toContain('<title>Contoso Simulated · Graph simulator</title>');
  });
});
