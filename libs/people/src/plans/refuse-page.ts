import { rollcallIdSchema } from '#contracts';
import { lockOrganisation, type Tx } from '#database';
import { z } from 'zod';
import type { RoundEvent } from '../facts/stage-round.js';
import { closeRunRounds, refusedItems } from './close-rounds.js';
import { recordRefusedPage, type RefusedPage } from './record-refused-page.js';

/** A page that no handler could take, as far as its bytes can be read. */
export interface RefusedEvent {
  readonly eventId: string | null;
  readonly payload: unknown;
  readonly reason: { readonly code: string; readonly message: string };
}

const planSchema = z.object({ changeId: rollcallIdSchema }).optional().catch(undefined);
const pageSchema = z.object({
  data: z.object({
    organisationId: rollcallIdSchema,
    connectionId: rollcallIdSchema,
    runId: rollcallIdSchema,
    round: z.object({ id: z.string() }).optional().catch(undefined),
    users: z.array(z.object({ id: rollcallIdSchema, plan: planSchema }).nullable().catch(null)).catch([]),
    items: z.array(z.object({ memberId: rollcallIdSchema, plan: planSchema }).nullable().catch(null)).catch([]),
  }),
});

/**
 * Answers the page of a run that was buried as a dead letter, in the transaction of the burial: its changes have failed, and the run
 * goes on. A round that lost one of its pages can never be judged whole, so the rest of it is not applied either. Pages that belong
 * to no run are none of its business.
 */
export async function refusePage(tx: Tx, { eventId, payload, reason }: RefusedEvent, now: Date): Promise<void> {
  const page = pageSchema.safeParse(payload);
  if (!page.success || eventId === null) return;
  const { organisationId, connectionId, runId, round, users, items } = page.data.data;
  const carried = [...users, ...items.map((item) => item && { id: item.memberId, plan: item.plan })];
  const changes = carried.flatMap((item) =>
    item?.plan === undefined ? [] : [{ changeId: item.plan.changeId, entraObjectId: item.id }],
  );
  const reasonOfRun = { code: 'DEAD_LETTER', message: `${reason.code}: ${reason.message}` };
  await lockOrganisation(tx, organisationId);
  await answerUnapplied(tx, { organisationId, connectionId, runId, ...reasonOfRun, eventId, changes }, round?.id ?? null, now);
}

/** The same for a page whose connection was disconnected before it came: the run ended with the connection, and can be settled. */
export async function refuseDropped(tx: Tx, event: RoundEvent, now: Date): Promise<void> {
  const { organisationId, connectionId, runId, round } = event.data;
  if (runId === undefined) return;
  const reason = { code: 'CONNECTION_DISCONNECTED', message: 'the connection was disconnected before it was applied' };
  const page = { organisationId, connectionId, runId, ...reason, ...refusedItems(event) };
  await answerUnapplied(tx, page, round?.id ?? null, now);
}

async function answerUnapplied(tx: Tx, page: RefusedPage, roundId: string | null, now: Date): Promise<void> {
  if (roundId !== null) await closeRunRounds(tx, page, [roundId], now);
  await recordRefusedPage(tx, page, now);
}
