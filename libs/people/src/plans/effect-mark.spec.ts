import { expect, it } from 'vitest';
import { effectMarks } from './effect-mark.js';

const updated = (after: Record<string, unknown>) => effectMarks({ type: 'rollcall.account.updated', groupId: null, after });

it('marks say what happens, in which group and to which values, in whatever order the values stand', () => {
  const created = (after: Record<string, unknown>) => effectMarks({ type: 'rollcall.account.created', groupId: null, after });
  expect(created({ email: 'a@b.c', status: 'inactive' })).toEqual(created({ status: 'inactive', email: 'a@b.c' }));
  expect(created({ status: 'inactive' })).not.toEqual(created({ status: 'active' }));
  const granted = (groupId: string) => effectMarks({ type: 'rollcall.membership.granted', groupId, after: { groupId } });
  expect(granted('one')).not.toEqual(granted('two'));
});

it('an update is marked field by field, so that a field that is kept leaves the others predicted', () => {
  const whole = updated({ displayName: 'Ada', email: 'ada@example.com' });
  expect(whole).toHaveLength(2);
  expect(updated({ displayName: 'Ada' }).every((mark) => whole.includes(mark))).toBe(true);
  expect(updated({ displayName: 'Grace' }).every((mark) => whole.includes(mark))).toBe(false);
});
