import type { Tx } from '#database';

/** Somebody who differs, and their place in the order of the run; places are dense and begin at 1. */
export interface PersonToPlan {
  readonly seq: number;
  readonly personId: string;
}

/** The next people without a plan. */
export async function peopleToPlan(tx: Tx, runId: string, size: number): Promise<PersonToPlan[]> {
  return tx.query<PersonToPlan>(
    `SELECT p.seq, p.person_id AS "personId" FROM runs.sync_runs r
     JOIN runs.planned_people p ON p.run_id = r.id AND p.seq > r.planned_seq AND p.seq <= r.planned_seq + $2
     WHERE r.id = $1 ORDER BY p.seq`,
    [runId, size],
  );
}

export function groupByPerson<Row extends { readonly personId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const byPerson = new Map<string, Row[]>();
  for (const row of rows) {
    const own = byPerson.get(row.personId) ?? [];
    byPerson.set(row.personId, own);
    own.push(row);
  }
  return byPerson;
}
