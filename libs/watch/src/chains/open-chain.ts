import { randomUUID } from 'node:crypto';
import type { Tx } from '#database';

export interface NewChain {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly kind: 'groups' | 'users';
  readonly groupIds?: readonly string[];
  /** The `$select` of a users chain. */
  readonly properties?: readonly string[];
  /** The chains that it will stand for once `settle` has passed. */
  readonly replaces?: readonly string[];
  /** The sync run from scratch that asked for it. */
  readonly anewRunId?: string;
}

/** Adds a chain with its due mark. It has no link yet, so a reader takes it up at once. */
export async function openChain(tx: Tx, chain: NewChain): Promise<string> {
  const id = randomUUID();
  const replaces = chain.replaces ?? [];
  await tx.query(
    `INSERT INTO watch.chains (id, connection_id, organisation_id, kind, state, group_ids, properties, replaces, anew_run_id, anew_state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      chain.connectionId,
      chain.organisationId,
      chain.kind,
      replaces.length > 0 ? 'overlapping' : 'live',
      chain.groupIds ?? [],
      chain.properties ?? [],
      replaces,
      chain.anewRunId ?? null,
      chain.anewRunId === undefined ? null : 'asked',
    ],
  );
  await tx.query(`INSERT INTO watch.due_marks (chain_id) VALUES ($1)`, [id]);
  return id;
}
