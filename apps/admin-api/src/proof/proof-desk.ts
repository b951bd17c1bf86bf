import { Inject, Injectable } from '@nestjs/common';
import { getConnection, type Actor } from '#connections';
import { getRun, listGroupProofs, listProofDifferences, type ProofDifference } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { groupsOf } from '../groups/groups-of.js';
import { presentReason } from '../http/reason.presenter.js';
import { proofCsv } from './proof-csv.js';
import type { ProofAnswer, ProofQuery } from './proof.schemas.js';

/** Rows of the database that one piece of a download takes. */
const ROWS_AT_A_TIME = 1_000;

/** Shows what a run proved at its end. */
@Injectable()
export class ProofDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async show({ organisationId }: Actor, runId: string, { groupId, cursor, limit }: ProofQuery): Promise<ProofAnswer> {
    const { db } = this.services;
    await getRun(db, organisationId, runId);
    const groups = await listGroupProofs(db, organisationId, runId);
    const { items, nextCursor } = await listProofDifferences(db, organisationId, runId, { groupId, cursor, limit });
    return {
      runId,
      isEqual: groups.every(({ verdict }) => verdict === 'equal'),
      groups: groups.map(({ code, read, accounts, reasons, ...group }) => ({
        ...group,
        read: read === null ? null : { ...read },
        accounts: { ...accounts },
        reasons: { ...reasons },
        reason: code === null ? null : presentReason(code),
      })),
      items: items.map(({ code, ...difference }) => ({ ...difference, reason: code === null ? null : presentReason(code) })),
      nextCursor,
    };
  }

  /** The whole proof, page by page out of the database; what is wrong with the request is thrown before the first byte. */
  async download({ organisationId }: Actor, runId: string, groupId: string | undefined): Promise<AsyncIterable<string>> {
    const { db } = this.services;
    const { connectionId } = await getRun(db, organisationId, runId);
    const known = await groupsOf(db, organisationId, [await getConnection(db, organisationId, connectionId)]);
    const names = new Map(known.map(({ id, displayName }) => [id, displayName ?? '']));
    const all = await listGroupProofs(db, organisationId, runId);
    const groups = all.filter((group) => groupId === undefined || group.groupId === groupId);
    return proofCsv(groups, this.pages(organisationId, runId, groupId), (id) => names.get(id) ?? '');
  }

  private async *pages(organisationId: string, runId: string, groupId?: string): AsyncGenerator<ProofDifference[]> {
    let cursor: string | undefined;
    do {
      const page = await listProofDifferences(this.services.db, organisationId, runId, {
        groupId,
        cursor,
        limit: ROWS_AT_A_TIME,
      });
      yield page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}
