import { randomUUID } from 'node:crypto';
import { readConnectionForDecisions } from '#connections';
import type { ReactionTools } from '#people';
import type { AdminApiServices } from './admin-api-services.js';

/** What commands on people need beside their transaction; rules are read by the owner of connections. */
export function peopleTools({ clock, settleMs }: AdminApiServices): ReactionTools {
  return { clock, settleMs, newId: randomUUID, context: { connectionOf: readConnectionForDecisions } };
}
