import { expect, it } from 'vitest';
import { auditWords } from './audit-words.js';

const entry = { before: null, after: { displayName: 'Ada', role: 'viewer' } };

it('says what was done, and who came or left, since Rollcall itself notes that', () => {
  expect(auditWords({ ...entry, action: 'member.join' })).toBe('Signed in for the first time: Ada');
  expect(auditWords({ action: 'member.leave', before: entry.after, after: null })).toBe('Lost the role, and every session: Ada');
  expect(auditWords({ ...entry, action: 'connection.pause' })).toBe('Paused live sync');
  expect(auditWords({ ...entry, action: 'of.a.newer.version' })).toBe('of.a.newer.version');
});
