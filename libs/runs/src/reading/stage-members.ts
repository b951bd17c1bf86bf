import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import type { Tx } from '#database';
import type { DirectoryMember } from '#graph-client';
import { copyRow } from './copy-row.js';

export interface StagedPage {
  readonly runId: string;
  /** Null for what was read of people themselves. */
  readonly groupId: string | null;
  readonly readNo: number;
  /** Position of Graph's page in the read of the group. */
  readonly page: number;
  readonly readAt: Date;
}

const COLUMNS = 'run_id, group_id, member_id, member_type, read_no, page, read_at, readable, attributes';

/** Writes one page of Graph's answer as it came, by COPY. A member that Graph names twice is staged twice: the newest row counts. */
export async function stageMembers(tx: Tx, page: StagedPage, members: readonly DirectoryMember[]): Promise<void> {
  if (members.length === 0) return;
  const client = await tx.client();
  const copy = client.query(from(`COPY runs.staged_members (${COLUMNS}) FROM STDIN`));
  await pipeline(Readable.from(rowsOf(page, members)), copy);
}

function* rowsOf(page: StagedPage, members: readonly DirectoryMember[]): Generator<string> {
  const readAt = page.readAt.toISOString();
  for (const { id, type, unreadable, attributes } of members) {
    const isPerson = type === 'user';
    yield copyRow([
      page.runId,
      page.groupId,
      id,
      type,
      page.readNo,
      page.page,
      readAt,
      !unreadable,
      isPerson && !unreadable ? JSON.stringify(attributes) : null,
    ]);
  }
}
