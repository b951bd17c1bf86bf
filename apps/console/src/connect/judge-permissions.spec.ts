import { describe, expect, it } from 'vitest';
import type { Check } from '../api/types.js';
import { judgePermissions } from './judge-permissions.js';

const check = (name: string, ok = true, facts = {}): Check => ({
  name,
  ok,
  conclusive: true,
  code: null,
  message: '',
  remedy: null,
  facts,
});
const probes = (users = true) => [
  ...['groups', 'groupsDelta', 'members'].map((name) => check(`permission:${name}`)),
  ...['users', 'usersDelta'].map((name) => check(`permission:${name}`, users)),
];
const token = (...roles: string[]) => check('token', true, { roles });

describe('judgePermissions', () => {
  it('waits until both work', () => {
    expect(judgePermissions([])).toMatchObject({ states: { 'Group.Read.All': 'untried' }, isDone: false });
    expect(judgePermissions([token('Group.Read.All'), ...probes(false)])).toMatchObject({
      states: { 'Group.Read.All': 'granted', 'User.Read.All': 'missing' },
      isDone: false,
    });
    expect(judgePermissions([token('Group.Read.All', 'User.Read.All'), ...probes()])).toMatchObject({ extra: [], isDone: true });
  });

  it('shows one failure of each permission, and nothing beside the token that Entra refuses', () => {
    const named = (checks: readonly Check[]) => judgePermissions(checks).failed.map(({ name }) => name);
    expect(named([token(), ...probes(false)])).toEqual(['permission:users']);
    expect(named([check('token', false), ...probes(false)])).toEqual(['token']);
    expect(named([token(), ...probes()])).toEqual([]);
  });

  it('tells less than needed, although every call works', () => {
    const verdict = judgePermissions([token('GroupMember.Read.All', 'User.Read.All'), ...probes()]);
    expect(verdict).toMatchObject({ states: { 'Group.Read.All': 'less' }, extra: [], isDone: false });
  });

  it('points out more than needed', () => {
    const verdict = judgePermissions([token('Directory.ReadWrite.All'), ...probes()]);
    expect(verdict).toMatchObject({ extra: ['Directory.ReadWrite.All'], isDone: true });
  });
});
