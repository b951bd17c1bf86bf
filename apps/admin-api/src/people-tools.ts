import { randomUUID } from 'node:crypto';
import { readConnectionForDecisions } from '#connections';
import type { ReactionTools } from '#people';
import type { AdminApiServices } from './admin-api-services.js';

/**
 * What commands on people need beside their transaction; rules are read by the owner of connections. What a person asks for is done at
 * once, also while a new group of the scope is still to be read.
 */
export function peopleTools({ clock, settleMs }: AdminApiServices): ReactionTools {
  return { clock, settleMs, newId: randomUUID, context: { connectionOf: readConnectionForDecisions } };
}
