import type { Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import type { ReactionCounts } from '../decisions/react-to-people.js';
import { RulesBook } from '../decisions/rules-book.js';
import { reactTo, type CommandTools } from './command-tools.js';
import { findDiffering } from './redecide-connection.js';

/**
 * Takes the accounts of a connection that ends along, through the guard: what it holds is released or rejected like everything else.
 * Called in the transaction that disconnects. Connecting the tenant again (`adoptPeople`) ends it. Null for an unknown connection.
 */
export async function disbandConnection(
  tx: Tx,
  tools: CommandTools,
  actor: Actor,
  connectionId: string,
): Promise<ReactionCounts | null> {
  await lockOrganisation(tx, actor.organisationId);
  await tx.query(
    `INSERT INTO people.disbanded_connections (connection_id, organisation_id, disbanded_at) VALUES ($1, $2, $3)
     ON CONFLICT (connection_id) DO NOTHING`,
    [connectionId, actor.organisationId, tools.clock()],
  );
  const known = await new RulesBook(tx, tools.context).of(connectionId);
  if (known === null || known.connection.organisationId !== actor.organisationId) return null;
  const differing = await findDiffering(tx, tools, connectionId, known.rules);
  return reactTo(tx, tools, actor, differing, { origin: 'person' });
}
