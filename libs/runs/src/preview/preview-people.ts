import { predictEffects, type Prediction, type SupposedFacts } from '#people';
import type { Preview, PreviewAction, PreviewedGroup, PreviewedPerson, PreviewRequest, PreviewTools } from './preview.js';
import { previewActions } from './preview.js';
import { PeopleReader, type ReadPerson } from './read-people.js';

const CHUNK = 1_000;

/**
 * Who would come: reads the groups at Graph, asks provisioning's own decision function about everybody in them, and writes nothing.
 * Nobody leaves by a preview: who is missing is found by a run, which confirms it (invariant 4).
 */
export async function previewPeople(tools: PreviewTools, request: PreviewRequest): Promise<Preview> {
  const reader = new PeopleReader(tools.graph);
  const groups: PreviewedGroup[] = [];
  for (const groupId of new Set(request.groupIds)) groups.push(await reader.read(groupId));
  const read = [...reader.people].map(([id, person]) => ({ id, ...person }));
  const tally = new Tally(request.rows);
  const takenAddresses = new Map<string, string>();
  for (let start = 0; start < read.length; start += CHUNK) {
    const chunk = read.slice(start, start + CHUNK);
    const predicted = await predict(tools, request, chunk, takenAddresses);
    for (const person of chunk) tally.add(person, predicted.get(person.id));
  }
  return { groups, complete: groups.every(({ complete }) => complete), ...tally.result() };
}

async function predict(
  { db, rules, settleMs, now }: PreviewTools,
  { organisationId, connectionId }: PreviewRequest,
  people: readonly ReadPerson[],
  takenAddresses: Map<string, string>,
): Promise<Map<string, Prediction>> {
  const supposed = people.map(suppose);
  const predictions = await db.transaction((tx) =>
    predictEffects(tx, rules, { organisationId, connectionId, people: supposed, settleMs, now, takenAddresses }),
  );
  return new Map(predictions.map((prediction) => [prediction.entraObjectId, prediction]));
}

function suppose({ id, attributes, groupIds }: ReadPerson): SupposedFacts {
  return {
    entraObjectId: id,
    ...(attributes === null ? {} : { userState: 'present', attributes }),
    memberships: groupIds.map((groupId) => ({ groupId, memberType: 'user', present: true })),
  };
}

/** Counts everybody, keeps the first rows. */
class Tally {
  private readonly counts = Object.fromEntries(previewActions.map((action) => [action, 0])) as Record<PreviewAction, number>;
  private readonly skippedByReason: Record<string, number> = {};
  private readonly people: PreviewedPerson[] = [];
  private readonly skipped: PreviewedPerson[] = [];
  private all = 0;

  constructor(private readonly rows: number) {}

  add(person: ReadPerson, prediction: Prediction | undefined): void {
    const { action, code } = outcomeOf(person, prediction);
    this.all += 1;
    this.counts[action] += 1;
    if (action === 'skip' && code !== null) this.skippedByReason[code] = (this.skippedByReason[code] ?? 0) + 1;
    const list = action === 'skip' ? this.skipped : this.people;
    if (action !== 'unchanged' && list.length < this.rows) list.push(rowOf(person, prediction, action, code));
  }

  result(): Omit<Preview, 'groups' | 'complete'> {
    const { counts, all, skippedByReason, people, skipped } = this;
    return { counts: { ...counts, people: all }, skippedByReason, people, skipped };
  }
}

/** An unreadable person is known by nothing else: the code says what to grant, not that a read is to come. */
function outcomeOf(
  { attributes }: ReadPerson,
  prediction: Prediction | undefined,
): { action: PreviewAction; code: string | null } {
  const types = new Set(prediction?.effects.map(({ type }) => type));
  const code = attributes === null && prediction?.accountId == null ? 'MEMBERS_UNREADABLE' : (prediction?.skipCode ?? null);
  if (types.has('rollcall.account.created')) return { action: 'create', code: null };
  if (types.has('rollcall.account.deactivated')) return { action: 'deactivate', code };
  if (code !== null) return { action: 'skip', code };
  if (types.has('rollcall.account.reactivated')) return { action: 'reactivate', code: null };
  if (types.has('rollcall.account.updated')) return { action: 'update', code: null };
  return { action: types.has('rollcall.membership.granted') ? 'grant' : 'unchanged', code: null };
}

function rowOf(
  { id, attributes, groupIds }: ReadPerson,
  prediction: Prediction | undefined,
  action: PreviewAction,
  code: string | null,
): PreviewedPerson {
  const given = prediction?.effects.find(({ after }) => typeof after?.['email'] === 'string')?.after?.['email'];
  return {
    entraObjectId: id,
    displayName: prediction?.displayName ?? attributes?.displayName ?? null,
    email: typeof given === 'string' ? given : (attributes?.mail ?? null),
    userPrincipalName: attributes?.userPrincipalName ?? null,
    groupIds,
    action,
    code,
  };
}
