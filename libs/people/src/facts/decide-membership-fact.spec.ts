import { describe, expect, it } from 'vitest';
import { decideMembershipFact, type MembershipFact } from './decide-membership-fact.js';
import type { Evidence, EvidenceKind } from './evidence.js';

const SETTLE_MS = 900_000;
const noon = new Date('2026-03-01T12:00:00Z');
const anHourLater = new Date(noon.getTime() + 3_600_000);

/** Known by the second page of the fifth read, an hour before anything else is said. */
const known = (present: boolean, writtenBy: EvidenceKind): MembershipFact => ({
  present,
  memberType: 'user',
  version: { readNo: 5, page: 1 },
  writtenBy,
  deltaReportedAt: writtenBy === 'delta' ? noon : null,
  flips: 0,
});
const evidence = (kind: EvidenceKind, readNo: number, page: number, isRecheck = false): Evidence => ({
  kind,
  version: { readNo, page },
  readStartedAt: anHourLater,
  readAt: anHourLater,
  isRecheck,
  isRun: kind === 'state' && !isRecheck,
});

const KINDS = ['delta', 'state'] as const;
const cases = KINDS.flatMap((writtenBy) => KINDS.map((kind) => ({ writtenBy, kind })));

describe('what a report makes of a membership (invariant 2)', () => {
  describe.each(cases)('that $writtenBy wrote, where $kind says otherwise', ({ writtenBy, kind }) => {
    const decide = (was: boolean, readNo: number, page: number, isRecheck?: boolean) =>
      decideMembershipFact(
        known(was, writtenBy),
        { present: !was, memberType: 'user', contradicted: false, evidence: evidence(kind, readNo, page, isRecheck) },
        SETTLE_MS,
      );

    it.each([
      ['from an older read', 4, 9],
      ['from an older page of the same read', 5, 0],
      ['from the same page', 5, 1],
    ])('neither presence nor absence changes it %s', (_, readNo, page) => {
      for (const was of [true, false]) {
        for (const isRecheck of [true, false])
          expect(decide(was, readNo, page, isRecheck)).toMatchObject({ fact: null, changed: false });
      }
    });

    it('is read again only where delta lost to a state read', () => {
      const lost = kind === 'delta' && writtenBy === 'state' ? 'LOST_TO_STATE_READ' : undefined;
      expect(decide(true, 4, 9).recheck?.reason).toBe(lost);
    });

    it.each([
      ['from a newer read', 6, 0],
      ['from a newer page of the same read', 5, 2],
    ])('changes it %s', (_, readNo, page) => {
      for (const was of [true, false])
        expect(decide(was, readNo, page)).toMatchObject({ fact: { present: !was, version: { readNo, page } }, changed: true });
    });
  });
});
