import { collapseMemberships, collapseUsers } from '../src/facts/collapse-items.js';
import { decideMembershipFact, type MembershipFact } from '../src/facts/decide-membership-fact.js';
import { decideUserFact, type UserFact } from '../src/facts/decide-user-fact.js';
import type { FactVerdict } from '../src/facts/evidence.js';
import { dueAfterSettle, type RecheckRequest } from '../src/facts/recheck-request.js';
import { evidenceOf } from '../src/page-header.js';
import type { EvidencePage, FactKeeper } from './evidence-world.js';

/** The rules of evidence in memory, without a database: what the SQL path must agree with. */
export class EvidenceModel implements FactKeeper {
  readonly memberships = new Map<string, MembershipFact>();
  readonly users = new Map<string, UserFact>();

  constructor(private readonly settleMs: number) {}

  apply(page: EvidencePage, now: Date): RecheckRequest[] {
    return page.kind === 'memberships' ? this.applyMemberships(page.event.data, now) : this.applyUsers(page.event.data, now);
  }

  private applyMemberships(page: Extract<EvidencePage, { kind: 'memberships' }>['event']['data'], now: Date): RecheckRequest[] {
    const evidence = evidenceOf(page);
    return collapseMemberships(page.items, evidence.version).flatMap((item) => {
      const report = {
        present: item.change === 'added',
        memberType: item.memberType,
        contradicted: item.contradicted === true,
        evidence,
      };
      const verdict = decideMembershipFact(this.memberships.get(item.memberId) ?? null, report, this.settleMs);
      if (verdict.fact !== null) this.memberships.set(item.memberId, verdict.fact);
      return this.recheckOf(
        verdict,
        { ...ownerOf(page), kind: 'membership', groupId: page.groupId, memberId: item.memberId },
        now,
      );
    });
  }

  private applyUsers(page: Extract<EvidencePage, { kind: 'users' }>['event']['data'], now: Date): RecheckRequest[] {
    const evidence = evidenceOf(page);
    return collapseUsers(page.users, evidence.version).flatMap((item) => {
      const report = { state: item.state, attributes: item.attributes ?? {}, contradicted: item.contradicted === true, evidence };
      const verdict = decideUserFact(this.users.get(item.id) ?? null, report, this.settleMs);
      if (verdict.fact !== null) this.users.set(item.id, verdict.fact);
      return this.recheckOf(verdict, { ...ownerOf(page), kind: 'user', groupId: null, memberId: item.id }, now);
    });
  }

  private recheckOf(
    { recheck }: FactVerdict<unknown>,
    about: Omit<RecheckRequest, 'reason' | 'dueAt'>,
    now: Date,
  ): RecheckRequest[] {
    return recheck === null
      ? []
      : [{ ...about, reason: recheck.reason, dueAt: dueAfterSettle(recheck.from, now, this.settleMs) }];
  }
}

const ownerOf = ({ organisationId, connectionId }: { organisationId: string; connectionId: string }) => ({
  organisationId,
  connectionId,
});
