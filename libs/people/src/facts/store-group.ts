import type { Tx } from '#database';
import type { GroupState } from '../decisions/rules.js';
import type { FactVersion } from './version.js';

export interface GroupReport {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly groupId: string;
  readonly state: GroupState;
  /** Absent: not reported, the last name stays. */
  readonly displayName: string | null | undefined;
  readonly version: FactVersion;
}

/** What a report came to. `isNewest`: it is the newest evidence by now. `isStateChanged`: the group's members are to be looked at. */
export interface StoredGroup {
  readonly isNewest: boolean;
  readonly isStateChanged: boolean;
}

/** Stores what the directory says of a group itself. */
export async function storeGroup(tx: Tx, report: GroupReport, now: Date): Promise<StoredGroup> {
  const [before] = await tx.query<{ state: GroupState }>(
    'SELECT state FROM people.groups WHERE connection_id = $1 AND group_id = $2',
    [report.connectionId, report.groupId],
  );
  const { organisationId, connectionId, groupId, state, displayName, version } = report;
  const written = await tx.query(STORE, [
    organisationId,
    connectionId,
    groupId,
    state,
    displayName ?? null,
    displayName !== undefined,
    version.readNo,
    version.page,
    now,
  ]);
  const isNewest = written.length > 0;
  return { isNewest, isStateChanged: isNewest && (before?.state ?? 'present') !== state };
}

const STORE = `
  INSERT INTO people.groups AS g (organisation_id, connection_id, group_id, state, display_name, read_no, page, changed_at)
  VALUES ($1, $2, $3, $4, $5, $7, $8, $9)
  ON CONFLICT (connection_id, group_id) DO UPDATE SET
    state = EXCLUDED.state, display_name = CASE WHEN $6 THEN EXCLUDED.display_name ELSE g.display_name END,
    read_no = EXCLUDED.read_no, page = EXCLUDED.page,
    changed_at = CASE WHEN g.state = EXCLUDED.state THEN g.changed_at ELSE EXCLUDED.changed_at END
  WHERE (EXCLUDED.read_no, EXCLUDED.page) > (g.read_no, g.page)
  RETURNING 1`;
