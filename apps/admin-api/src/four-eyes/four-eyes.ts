import { Inject, Injectable } from '@nestjs/common';
import {
  actorText,
  findHands,
  findPolicies,
  FIRST_MEMBER_ID,
  judgeApproval,
  recordHands,
  type Actor,
  type Hand,
} from '#connections';
import type { Queryable, Tx } from '#database';
import type { SelectedHold } from '#people';
import { planRemoves, type PresentedRun } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { ProblemError } from '../http/problem.js';
import { presentFirstApprovals, type FirstApproval } from './first-approval.js';

const REMOVALS = ['deactivate', 'revoke'] as const;
const isRemoval = (action: string) => REMOVALS.some((removal) => removal === action);

const planOf = (runId: string, planHash: string) => `run:${runId}:${planHash}`;
const changesOf = (runId: string) => `run:${runId}`;
const heldAs = (id: string) => `held:${id}`;

/** Which of the held changes may be released now, and how many wait for somebody else's approval. */
export interface SiftedHolds {
  readonly ids: readonly string[];
  readonly waiting: number;
}

/** The rule that removals take two people, where the organisation has it. A plan is approved by its hash, a held change by its id. */
@Injectable()
export class FourEyes {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async isOn(db: Queryable, organisationId: string): Promise<boolean> {
    return (await findPolicies(db, organisationId)).fourEyesOnRemovals;
  }

  /** Remembered also while the rule is off: it may be switched on before the plan is approved. */
  async rememberChange(tx: Tx, actor: Actor, runId: string): Promise<void> {
    await recordHands(tx, actor, 'changed', [changesOf(runId)], this.services.clock());
  }

  /** True where the approval is the last that is needed. Else it is remembered as the first. Throws FOUR_EYES for the wrong person. */
  async isApproved(tx: Tx, actor: Actor, run: PresentedRun, planHash: string): Promise<boolean> {
    const isWaiting = run.state === 'awaitingReview' && run.planHash === planHash;
    // Anything else is refused, or answered as a repetition, by whoever owns runs.
    if (!isWaiting || !(await this.isOn(tx, actor.organisationId)) || !(await planRemoves(tx, actor.organisationId, run.id)))
      return true;
    assertSomebody(actor);
    const subject = planOf(run.id, planHash);
    const approvedBy = await handsIn(tx, actor, 'approved', subject);
    const changedBy = await handsIn(tx, actor, 'changed', changesOf(run.id));
    const verdict = judgeApproval({ approver: actorText(actor), approvedBy, madeBy: [run.requestedBy, ...changedBy] });
    if (verdict === 'ownWork') {
      throw new ProblemError('FOUR_EYES', 'You asked for this plan or changed it; the second approval must be somebody else’s.');
    }
    if (verdict === 'first') await recordHands(tx, actor, 'approved', [subject], this.services.clock());
    return verdict === 'second';
  }

  /** Additions, and removals that somebody else approved before, may go on; this approval of the others is remembered. */
  async sift(tx: Tx, actor: Actor, holds: readonly SelectedHold[]): Promise<SiftedHolds> {
    const removals = holds.filter(({ action }) => isRemoval(action)).map(({ id }) => heldAs(id));
    const all = holds.map(({ id }) => id);
    if (removals.length === 0 || !(await this.isOn(tx, actor.organisationId))) return { ids: all, waiting: 0 };
    assertSomebody(actor);
    const hands = await findHands(tx, actor.organisationId, 'approved', removals);
    const approver = actorText(actor);
    const seen = new Set(hands.filter((hand) => hand.actor !== approver).map(({ subject }) => subject));
    const waiting = new Set(removals.filter((subject) => !seen.has(subject)));
    await recordHands(tx, actor, 'approved', [...waiting], this.services.clock());
    return { ids: all.filter((id) => !waiting.has(heldAs(id))), waiting: waiting.size };
  }

  /** Of each run, who approved the plan as it is now first. */
  async ofRuns(organisationId: string, runs: readonly PresentedRun[]): Promise<(run: PresentedRun) => FirstApproval | null> {
    const subjectOf = ({ id, planHash }: PresentedRun) => planOf(id, planHash ?? '');
    const first = await this.firstOf(organisationId, runs.map(subjectOf));
    return (run) => first.get(subjectOf(run)) ?? null;
  }

  async ofHolds(organisationId: string, ids: readonly string[]): Promise<(id: string) => FirstApproval | null> {
    const first = await this.firstOf(organisationId, ids.map(heldAs));
    return (id) => first.get(heldAs(id)) ?? null;
  }

  private async firstOf(organisationId: string, subjects: readonly string[]): Promise<ReadonlyMap<string, FirstApproval>> {
    const { db } = this.services;
    return presentFirstApprovals(db, organisationId, await findHands(db, organisationId, 'approved', subjects));
  }
}

async function handsIn(tx: Tx, { organisationId }: Actor, part: 'changed' | 'approved', subject: string): Promise<string[]> {
  return (await findHands(tx, organisationId, part, [subject])).map(({ actor }: Hand) => actor);
}

/** Whoever holds the API token or a sign-in link could be the same person twice. */
function assertSomebody({ kind, id }: Actor): void {
  if (kind === 'person' && id !== FIRST_MEMBER_ID) return;
  throw new ProblemError('FOUR_EYES', 'The API token and the sign-in link are nobody in particular; sign in as yourself.');
}
