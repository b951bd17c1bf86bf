import { entraIdSchema, isProblemCode, PROBLEMS } from '#contracts';
import type { MemberGroupsOutcome } from '#graph-client';
import { predictEffects, type Prediction } from '#people';
import {
  findKnown,
  findKnownByAddress,
  type CheckedGroup,
  type CheckGraph,
  type CheckRequest,
  type CheckStep,
  type CheckTools,
  type FoundPerson,
  type KnownPerson,
  type PersonCheck,
} from './person-check.js';

/**
 * One person as Graph shows them now, step by step: read, scope, match, decide. Account or not, in a group or not; nothing is
 * written. Throws what is wrong with the credential or with Graph itself.
 */
export async function checkPerson(tools: CheckTools, request: CheckRequest): Promise<PersonCheck> {
  const found = await find(tools, request);
  if (found === null) {
    const message = `The tenant has nobody with the mail, user principal name or id "${request.person}".`;
    return { found, steps: [{ step: 'read', code: 'NOT_FOUND', message }], groups: [], account: null, prediction: null };
  }
  const known = await findKnown(tools.db, request.connectionId, found.id);
  const { groups, step: scope } = await askScope(tools.graph, found, request, known);
  const prediction = await predict(tools, request, found, groups);
  return {
    found,
    steps: [readStep(found), scope, matchStep(known), decideStep(prediction, known)],
    groups,
    account: known.account,
    prediction,
  };
}

/** Graph finds whoever is deleted by the object id alone; of an address, the id is the one that was known here. */
async function find({ graph, db }: CheckTools, { connectionId, person }: CheckRequest): Promise<FoundPerson | null> {
  const user = await graph.user(person);
  if (user !== null) return { ...user, state: 'present' };
  const { success, data: id } = entraIdSchema.safeParse(person);
  const known = success ? { id, attributes: {} } : await findKnownByAddress(db, connectionId, person);
  if (known === null || (await graph.deletedUser(known.id)) === null) return null;
  return { ...known, state: 'softDeleted', unreadable: false };
}

function readStep({ state, unreadable, id, attributes }: FoundPerson): CheckStep {
  const name = attributes.displayName ?? attributes.userPrincipalName ?? id;
  if (state === 'softDeleted')
    return { step: 'read', code: 'USER_DELETED', message: `${name} is among the deleted users of the tenant.` };
  if (unreadable)
    return { step: 'read', code: 'MEMBERS_UNREADABLE', message: `${id} exists, but the application may not read people.` };
  return { step: 'read', code: null, message: `${name} is in the tenant.` };
}

/** A membership is asked of the person's own side: one request, however large the groups are. It counts inner groups too. */
async function askScope(
  graph: CheckGraph,
  { id, state }: FoundPerson,
  { watchedGroupIds: watched, everybody }: CheckRequest,
  known: KnownPerson,
): Promise<{ groups: CheckedGroup[]; step: CheckStep }> {
  const asked = state === 'present' && watched.length > 0;
  const answers = asked
    ? await graph.checkMemberGroups([{ userId: id, groupIds: watched }])
    : new Map<string, MemberGroupsOutcome>();
  const outcome = answers.get(id);
  if (outcome !== undefined && 'error' in outcome)
    return { groups: [], step: { step: 'scope', code: outcome.error.code, message: outcome.error.message } };
  const named = new Set(outcome !== undefined && 'named' in outcome ? outcome.named : []);
  const groups: CheckedGroup[] = [];
  for (const groupId of watched) {
    const group = { groupId, named: named.has(groupId), known: known.groupIds.includes(groupId) };
    if (!group.named && !group.known) continue;
    groups.push({ ...group, inner: group.named && !group.known && (await isInByInnerGroup(graph, groupId, id)) });
  }
  if (everybody) return { groups, step: scopeOfEverybody(state) };
  return { groups, step: state === 'softDeleted' ? DELETED : scopeStep(groups) };
}

/** A group that is larger than this is not read for one person: they count as a direct member, as delta will tell. */
const MOST_PAGES = 10;

async function isInByInnerGroup(graph: CheckGraph, groupId: string, id: string): Promise<boolean> {
  let pages = 0;
  for await (const { members, nextLink } of graph.members(groupId, { select: ['id'] })) {
    pages += 1;
    if (members.some((member) => member.id === id) || (pages === MOST_PAGES && nextLink !== null)) return false;
  }
  return true;
}

const DELETED: CheckStep = { step: 'scope', code: 'USER_DELETED', message: 'Whoever is deleted counts as a member of no group.' };

function scopeOfEverybody(state: FoundPerson['state']): CheckStep {
  if (state === 'present') return { step: 'scope', code: null, message: 'Everybody in the tenant is in scope.' };
  return { step: 'scope', code: 'NOT_IN_SCOPE', message: 'They are not in the tenant any more.' };
}

function scopeStep(groups: readonly CheckedGroup[]): CheckStep {
  const count = groups.filter(({ named, inner }) => named && !inner).length;
  const fresh = groups.filter(({ named, known, inner }) => named && !known && !inner).length;
  if (count === 0 && groups.some(({ inner }) => inner)) {
    const message = 'They are in a watched group only by a group inside it, and only its direct members are taken.';
    return { step: 'scope', code: 'GROUP_CONTAINS_GROUPS', message };
  }
  if (count === 0) return { step: 'scope', code: 'NOT_IN_SCOPE', message: 'Entra names them as a member of no watched group.' };
  const news = fresh === 0 ? '' : ` New here: ${fresh}, joined a moment ago.`;
  const named = `Entra names them as a member of ${count} watched group${count === 1 ? '' : 's'}.`;
  return { step: 'scope', code: null, message: `${named}${news}` };
}

function matchStep({ account }: KnownPerson): CheckStep {
  const message = account === null ? 'They have no account here.' : `They have an account here, which is ${account.status}.`;
  return { step: 'match', code: null, message };
}

function decideStep(prediction: Prediction | null, { isHeld }: KnownPerson): CheckStep {
  if (isHeld && prediction !== null && prediction.effects.length > 0) {
    return { step: 'decide', code: 'REVIEW', message: 'What would follow is held, and waits for a decision.' };
  }
  const code = prediction?.skipCode ?? null;
  if (code !== null) return { step: 'decide', code, message: isProblemCode(code) ? PROBLEMS[code].title : code };
  const effects = prediction?.effects.length ?? 0;
  const message = effects === 0 ? 'Nothing would change.' : `${effects} change${effects === 1 ? '' : 's'} would follow.`;
  return { step: 'decide', code: null, message };
}

async function predict(
  { db, rules, settleMs, now }: CheckTools,
  { organisationId, connectionId }: CheckRequest,
  { id, state, unreadable, attributes }: FoundPerson,
  groups: readonly CheckedGroup[],
): Promise<Prediction | null> {
  const person = {
    entraObjectId: id,
    ...(unreadable ? {} : { userState: state, attributes }),
    memberships: groups.map(({ groupId, named, inner }) => ({ groupId, memberType: 'user' as const, present: named && !inner })),
  };
  const request = { organisationId, connectionId, people: [person], settleMs, now, takenAddresses: new Map<string, string>() };
  const [prediction] = await db.transaction((tx) => predictEffects(tx, rules, request));
  return prediction ?? null;
}
