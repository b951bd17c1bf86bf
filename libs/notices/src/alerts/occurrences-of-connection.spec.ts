import { describe, expect, it } from 'vitest';
import {
  connectionDisconnectedV1,
  connectionEvents,
  connectionPausedV1,
  connectionQuarantinedV1,
  connectionRecoveredV1,
  credentialExpiringV1,
  guardReleasedV1,
  guardTrippedV1,
  noticesMissedV1,
  noticesReturnedV1,
  subscriptionLostV1,
  subscriptionRestoredV1,
} from '#contracts';
import { buildConnectionEvent, namesOf } from '#notices/testing';
import type { Settle } from './occurrence.js';
import { occurrencesOfConnectionFact } from './occurrences-of-connection.js';

const owned = { organisationId: '5f6b7c1e-0000-4000-8000-000000000001', connectionId: '5f6b7c1e-0000-4000-8000-000000000002' };
type Options = Parameters<typeof buildConnectionEvent>[1];
const meaning = (definition: (typeof connectionEvents)[number], options: Partial<Options> = {}) =>
  occurrencesOfConnectionFact(buildConnectionEvent(definition, { ...owned, ...options }), namesOf('Contoso'));

describe('what the facts of connections mean for notices', () => {
  it.each(connectionEvents.map((definition) => [definition.type, definition] as const))(
    'takes %s also with an empty object and an unknown code',
    (_type, definition) => {
      expect(() => meaning(definition, { code: 'SOMETHING_NEW', object: { unknown: [1] } })).not.toThrow();
    },
  );

  it.each([
    ['CONSENT_MISSING', 'consentLost', true],
    ['SECRET_EXPIRED', 'credentialEnding', true],
    ['SECRET_INVALID', 'credentialEnding', true],
    ['APP_NOT_FOUND', 'quarantined', true],
    ['SUBSCRIPTION_TAKEN', 'quarantined', false],
  ])('a quarantine with %s is told as %s; lost access breaks quiet hours (%s)', (code, kind, isUrgent) => {
    expect(meaning(connectionQuarantinedV1, { code })).toEqual([expect.objectContaining({ effect: 'raise', kind, isUrgent })]);
  });

  it('a secret that Entra refuses and its expiry date are one cause, and recovery ends only the refusal', () => {
    const [refused] = meaning(connectionQuarantinedV1, { code: 'SECRET_EXPIRED' });
    const [ending] = meaning(credentialExpiringV1, {
      object: { expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString() },
    });
    expect(refused).toMatchObject({ member: 'refused', stage: 'expired' });
    expect(ending).toMatchObject({ member: 'date', stage: '7-days', cause: (refused as { cause: string }).cause });
    expect(meaning(connectionRecoveredV1)).toContainEqual(
      expect.objectContaining({ effect: 'settle', cause: (refused as { cause: string }).cause, member: 'refused' }),
    );
  });

  it('the guard is raised and released per scope, urgently', () => {
    const object = { groupId: 'a-group', lost: 12, base: 25, allowed: 10 };
    expect(meaning(guardTrippedV1, { code: 'GUARD_TRIPPED', object })).toEqual([
      expect.objectContaining({
        effect: 'raise',
        kind: 'guardHolding',
        member: 'a-group',
        isUrgent: true,
        content: expect.objectContaining({
          facts: expect.arrayContaining([{ label: 'Group', value: 'a-group' }]) as unknown,
        }) as unknown,
      }),
    ]);
    expect(meaning(guardTrippedV1, { object: { groupId: null } })).toEqual([expect.objectContaining({ member: 'connection' })]);
    expect(meaning(guardReleasedV1, { object: { groupId: null } })).toEqual([expect.objectContaining({ member: 'connection' })]);
    expect(meaning(guardReleasedV1, { object: {} })).toEqual([expect.objectContaining({ member: null })]);
  });

  it('subscriptions are lost and restored per resource, missed notices come and go', () => {
    const object = { resource: '/groups/1' };
    expect(meaning(subscriptionLostV1, { object })).toEqual([expect.objectContaining({ effect: 'raise', member: '/groups/1' })]);
    expect(meaning(subscriptionRestoredV1, { object })).toEqual([
      expect.objectContaining({ effect: 'settle', member: '/groups/1' }),
    ]);
    expect(meaning(noticesMissedV1)).toEqual([expect.objectContaining({ effect: 'raise', kind: 'noticesMissed' })]);
    expect(meaning(noticesReturnedV1)).toEqual([expect.objectContaining({ effect: 'settle' })]);
  });

  it('pausing ends what can be wrong only while live, disconnecting ends everything', () => {
    const paused = meaning(connectionPausedV1) as Settle[];
    expect(paused.map(({ effect, cause, member }) => [effect, cause.split(':')[0], member])).toEqual([
      ['settle', 'subscription', null],
      ['settle', 'notices-missed', null],
      ['settle', 'quarantine', null],
      ['settle', 'credential', 'refused'],
    ]);
    expect(meaning(connectionDisconnectedV1)).toEqual([expect.objectContaining({ effect: 'settleAll' })]);
  });
});
