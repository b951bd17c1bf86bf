import type { UserAttributes } from '#contracts';
import type { PlannedAction } from '../plans/planned-change.js';
import type { Difference } from './difference.js';

/** A line of the plan as far as it decides which facts are published. */
export interface DecidedChange {
  readonly id: string;
  readonly action: PlannedAction;
  readonly groupId: string | null;
  readonly decision: 'apply' | 'skip';
  /** Fields of an update that stay as they are. */
  readonly keptFields: readonly string[];
}

export type FoundFact = Omit<Difference, 'plan'>;

/** Which attributes of the directory feed an account field: keeping the field means not to report them. */
const SOURCES: Readonly<Record<string, readonly (keyof UserAttributes)[]>> = {
  displayName: ['displayName'],
  givenName: ['givenName'],
  surname: ['surname'],
  userPrincipalName: ['userPrincipalName'],
  email: ['mail', 'otherMails', 'userPrincipalName'],
};

/**
 * The facts of one person that may be published: all but those that would bring about what was taken out of the plan. What is left
 * out stays staged with the run and changes nothing (design: "what a run found stays staged until its change is applied").
 */
export function selectFacts(facts: readonly FoundFact[], changes: readonly DecidedChange[]): FoundFact[] {
  const takenOut = changes.filter(({ decision, action }) => decision === 'skip' && action !== 'skip');
  const isOut = (action: PlannedAction, groupId: string | null = null) =>
    takenOut.some((change) => change.action === action && change.groupId === groupId);
  const comesIn = isOut('create') || isOut('reactivate');
  const kept = keptAttributes(changes);
  return facts.flatMap((fact) => {
    switch (fact.kind) {
      case 'added':
        return comesIn || isOut('grant', fact.groupId) ? [] : [fact];
      case 'removed':
        return isOut('deactivate') || isOut('revoke', fact.groupId) ? [] : [fact];
      case 'softDeleted':
        return isOut('deactivate') ? [] : [fact];
      case 'attributes':
        if (isOut('update') || isOut('deactivate') || isOut('reactivate')) return [];
        return [kept.size === 0 || fact.attributes === null ? fact : { ...fact, attributes: without(fact.attributes, kept) }];
    }
  });
}

function keptAttributes(changes: readonly DecidedChange[]): Set<string> {
  const fields = changes.filter(({ action }) => action === 'update').flatMap(({ keptFields }) => keptFields);
  return new Set(fields.flatMap((field) => SOURCES[field] ?? []).map(String));
}

function without(attributes: UserAttributes, names: ReadonlySet<string>): UserAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.has(name)));
}

/** Which line of the plan stands for a fact when provisioning answers: the one that it brings about itself, else any of the person. */
export function lineOf(fact: FoundFact, changes: readonly DecidedChange[]): DecidedChange | null {
  const approved = changes.filter(({ decision }) => decision === 'apply');
  const own = approved.find(({ action, groupId }) => groupId === fact.groupId && OWN[fact.kind].includes(action));
  return own ?? approved[0] ?? null;
}

const OWN: Readonly<Record<FoundFact['kind'], readonly PlannedAction[]>> = {
  added: ['grant'],
  removed: ['revoke'],
  attributes: ['create', 'update', 'deactivate', 'reactivate'],
  softDeleted: ['deactivate'],
};
