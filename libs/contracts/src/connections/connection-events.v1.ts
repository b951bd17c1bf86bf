import { z } from 'zod';
import { defineEvent } from '../envelope.js';
import { rollcallIdSchema } from '../ids.js';
import { TOPICS } from '../topics.js';

export const connectionStates = ['created', 'enabled', 'paused', 'quarantined', 'disconnected'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** The object the fact is about, and the problem code where the fact has one. */
export const connectionFactSchema = z.looseObject({
  organisationId: rollcallIdSchema,
  connectionId: rollcallIdSchema,
  code: z.string().nullable(),
  message: z.string().nullable().optional(),
  object: z.record(z.string(), z.unknown()),
});

const connectionFact = <Type extends string>(type: Type) =>
  defineEvent({ type, topic: TOPICS.connections.name, data: connectionFactSchema });

export const connectionCreatedV1 = connectionFact('rollcall.connection.created');
export const connectionEnabledV1 = connectionFact('rollcall.connection.enabled');
export const connectionPausedV1 = connectionFact('rollcall.connection.paused');
export const connectionQuarantinedV1 = connectionFact('rollcall.connection.quarantined');
export const connectionRecoveredV1 = connectionFact('rollcall.connection.recovered');
export const connectionDisconnectedV1 = connectionFact('rollcall.connection.disconnected');
export const subscriptionLostV1 = connectionFact('rollcall.subscription.lost');
export const subscriptionRestoredV1 = connectionFact('rollcall.subscription.restored');
export const credentialExpiringV1 = connectionFact('rollcall.credential.expiring');
export const guardTrippedV1 = connectionFact('rollcall.guard.tripped');
export const guardReleasedV1 = connectionFact('rollcall.guard.released');

/** More missed notices than usual, and back to usual; the object holds `missed` and `usual`. */
export const noticesMissedV1 = connectionFact('rollcall.notices.missed');
export const noticesReturnedV1 = connectionFact('rollcall.notices.returned');

/** No chain was swept for three intervals, and swept again; the object holds `lastSweepAt` (or null) and `intervalSeconds`. */
export const sweepOverdueV1 = connectionFact('rollcall.sweep.overdue');
export const sweepReturnedV1 = connectionFact('rollcall.sweep.returned');

export const connectionEvents = [
  connectionCreatedV1,
  connectionEnabledV1,
  connectionPausedV1,
  connectionQuarantinedV1,
  connectionRecoveredV1,
  connectionDisconnectedV1,
  subscriptionLostV1,
  subscriptionRestoredV1,
  credentialExpiringV1,
  guardTrippedV1,
  guardReleasedV1,
  noticesMissedV1,
  noticesReturnedV1,
  sweepOverdueV1,
  sweepReturnedV1,
] as const;
