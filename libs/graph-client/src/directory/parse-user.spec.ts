import { describe, expect, test } from 'vitest';
import { toMember, toUser, userSchema } from './parse-user.js';

const member = (raw: object) => toMember(userSchema.parse({ id: 'A1', ...raw }));

describe('a member as Graph sends it', () => {
  test('keeps null and absent apart', () => {
    const { attributes } = member({ '@odata.type': '#microsoft.graph.user', userPrincipalName: 'a@b.c', mail: null });
    expect(attributes).toEqual({ userPrincipalName: 'a@b.c', mail: null });
    expect('accountEnabled' in attributes).toBe(false);
  });

  test.each([null, undefined, ''])(
    'a person whose userPrincipalName is %j may not be read: nothing of the nulls is taken',
    (userPrincipalName) => {
      const person = member({ '@odata.type': '#microsoft.graph.user', userPrincipalName, mail: null, accountEnabled: null });
      expect(person).toEqual({ id: 'a1', type: 'user', unreadable: true, attributes: {} });
    },
  );

  test.each([
    ['#microsoft.graph.group', 'group'],
    ['#Microsoft.Graph.Device', 'device'],
    ['#microsoft.graph.orgContact', 'orgContact'],
    ['#microsoft.graph.servicePrincipal', 'servicePrincipal'],
    ['#microsoft.graph.somethingNew', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is a member of type %s and never unreadable', (odataType, type) => {
    expect(member({ '@odata.type': odataType, displayName: null })).toEqual({
      id: 'a1',
      type,
      unreadable: false,
      attributes: { displayName: null },
    });
  });

  test('other addresses that are null are none', () => {
    expect(toUser(userSchema.parse({ id: 'a', userPrincipalName: 'u', otherMails: null })).attributes.otherMails).toEqual([]);
  });

  test('an attribute of another type is no person', () => {
    expect(userSchema.safeParse({ id: 'a', mail: 7 }).success).toBe(false);
  });
});
