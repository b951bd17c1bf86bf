import { z } from 'zod';
import { defineEvent } from '../envelope.js';
import { entraIdSchema, rollcallIdSchema } from '../ids.js';
import { TOPICS } from '../topics.js';

export const causeSchema = z.looseObject({
  kind: z.enum(['event', 'run', 'person', 'recheck', 'settings']),
  id: z.string().min(1),
});
export type Cause = z.infer<typeof causeSchema>;

/** One effect on one account. The event and the journal entry are the same fact with the same id. */
export const effectSchema = z.looseObject({
  organisationId: rollcallIdSchema,
  connectionId: rollcallIdSchema,
  accountId: rollcallIdSchema,
  entraObjectId: entraIdSchema,
  groupId: entraIdSchema.nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  cause: causeSchema,
  /** No two event ids share a key; a redelivery repeats id and bytes. */
  idempotencyKey: z.string().min(1),
});
export type Effect = z.infer<typeof effectSchema>;

const effect = <Type extends string>(type: Type) =>
  defineEvent({ type, topic: TOPICS.provisioningEvents.name, data: effectSchema });

export const accountCreatedV1 = effect('rollcall.account.created');
export const accountUpdatedV1 = effect('rollcall.account.updated');
export const accountActivatedV1 = effect('rollcall.account.activated');
export const accountDeactivatedV1 = effect('rollcall.account.deactivated');
export const accountReactivatedV1 = effect('rollcall.account.reactivated');
export const membershipGrantedV1 = effect('rollcall.membership.granted');
export const membershipRevokedV1 = effect('rollcall.membership.revoked');
export const membershipHeldV1 = effect('rollcall.membership.held');

export const effectEvents = [
  accountCreatedV1,
  accountUpdatedV1,
  accountActivatedV1,
  accountDeactivatedV1,
  accountReactivatedV1,
  membershipGrantedV1,
  membershipRevokedV1,
  membershipHeldV1,
] as const;
export type EffectType = (typeof effectEvents)[number]['type'];
