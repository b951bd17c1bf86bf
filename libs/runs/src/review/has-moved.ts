import { isDeepStrictEqual } from 'node:util';
import type { UserAttributes } from '#contracts';
import type { DirectoryUser, MemberGroupsOutcome } from '#graph-client';

/** What the plan was computed from: the attributes of a person as the run read them, and the memberships that it would publish. */
export interface PersonOfPlan {
  readonly seq: number;
  readonly personId: string;
  readonly attributes: UserAttributes | null;
  readonly softDeleted: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Their account would go because they left groups: then it matters whether they have joined another one meanwhile. */
  readonly goes: boolean;
  /** Groups that they are known to be in. */
  readonly known: readonly string[];
}

/**
 * Whether the directory says something else now than when the plan was computed. A person who cannot be read counts as moved:
 * nothing is applied on a guess.
 */
export function hasMoved(
  person: PersonOfPlan,
  user: DirectoryUser | undefined,
  groups: MemberGroupsOutcome | undefined,
): boolean {
  if (person.softDeleted) return user !== undefined;
  if (user === undefined || user.unreadable) return true;
  return attributesMoved(person.attributes, user.attributes) || membershipsMoved(person, groups);
}

function attributesMoved(planned: UserAttributes | null, now: UserAttributes): boolean {
  return Object.entries(planned ?? {}).some(([name, value]) => !isDeepStrictEqual(now[name] ?? null, value ?? null));
}

function membershipsMoved({ added, removed }: PersonOfPlan, groups: MemberGroupsOutcome | undefined): boolean {
  if (added.length + removed.length === 0) return false;
  if (groups === undefined || !('named' in groups)) return true;
  const named = new Set(groups.named);
  return added.some((groupId) => !named.has(groupId)) || removed.some((groupId) => named.has(groupId));
}
