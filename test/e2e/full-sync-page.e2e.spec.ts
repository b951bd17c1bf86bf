import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import type { Listing } from '../support/rollcall-api.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';
import { Transcript } from '../support/transcript.js';

type Run = Record<string, unknown> & {
  id: string;
  state: string;
  planHash: string;
  summary: Record<string, unknown> | null;
  undone: boolean;
};
type Line = Record<string, unknown> & { displayName: string | null; action: string };
type Proof = Listing<Line> &
  Record<string, unknown> & { groups: { read: { digest: string } | null; accounts: { digest: string } }[] };

const PAGE = new URL('../../docs/full-sync.md', import.meta.url);
const PLACE = /(<!-- example -->\n)[\s\S]*(\n<!-- end of example -->)/;

let rollcall: RollcallInProcess;
let tenant: LiveTenant;

beforeAll(async () => {
  rollcall = await RollcallInProcess.start();
  tenant = await rollcall.connect({ enabled: false, groups: ['Leadership'] });
});
afterAll(() => rollcall.stop());

const byName = (one: Line, other: Line) =>
  `${one.displayName ?? ''} ${one.action}`.localeCompare(`${other.displayName ?? ''} ${other.action}`);
const lines = ({ items }: Listing<Line>) =>
  items
    .toSorted(byName)
    .map(({ displayName, action, decision, outcome }) => [displayName, action, decision, outcome].join(' · '));

async function until(state: string, runId: string): Promise<Run> {
  return eventually(
    async () => {
      const run = await tenant.api.get<Run>(`/sync-runs/${runId}`);
      expect(run.state).toBe(state);
      return run;
    },
    { deadlineMs: 60_000, everyMs: 100 },
  );
}

/** A run through the API on the simulated tenant, from the request to the undo. */
async function workedExample(): Promise<string> {
  const told = new Transcript(tenant.api);
  const { connectionId, control } = tenant;
  const group = tenant.groupNamed('Leadership');
  told.name(connectionId, 'connection');
  told.name(group, 'group');
  const members = control.members(group).toSorted((one, other) => one.displayName.localeCompare(other.displayName));
  for (const { id, displayName } of members) told.name(id, `id of ${displayName}`);
  const [spared] = members;
  const brief = ({ id, kind, apply, state, reason }: Run) => ({ id, kind, apply, state, reason });
  const ending = ({ state, summary, undone }: Run) => ({
    state,
    summary: summary === null ? null : { ...summary, graphRequests: '{number}', durationMs: '{milliseconds}' },
    undone,
  });

  told.say('**Request.** The connection was stored and never enabled; a run needs no more.');
  const asked = await told.call<Run>('POST', `/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'review' }, brief);
  told.name(asked.id, 'run');
  const waiting = await until('awaitingReview', asked.id);
  told.name(waiting.planHash, 'hash of the plan');

  told.say('**Plan.** Nothing is written yet. `displayName · action · decision · outcome` of each line:');
  await told.call<Run>('GET', `/sync-runs/${asked.id}`, undefined, ({ state, planHash, progress }) => ({
    state,
    planHash,
    progress: { ...(progress as object), perSecond: null, secondsLeft: null },
  }));
  await told.call<Listing<Line> & Record<string, unknown>>('GET', `/sync-runs/${asked.id}/changes`, undefined, lines);

  told.say(`**Decision.** ${spared!.displayName} is taken out, with both lines. The hash is another one.`);
  const decided = await told.call<{ planHash: string; count: number }>(
    'POST',
    `/sync-runs/${asked.id}/decisions`,
    { filter: { entraObjectId: spared!.id }, decision: 'skip' },
    (answer) => answer,
  );
  told.name(decided.planHash, 'hash after the decision');

  told.say('**Approval** names the hash that was seen; an older one is refused.');
  await told.call(
    'POST',
    `/sync-runs/${asked.id}/approve`,
    { planHash: waiting.planHash },
    ({ status, code, remedy, planHash }) => ({
      status,
      code,
      remedy,
      planHash,
    }),
  );
  await told.call<Run>('POST', `/sync-runs/${asked.id}/approve`, { planHash: decided.planHash }, brief);
  await until('completed', asked.id);

  told.say('**Summary.** People are counted once each.');
  await told.call<Run>('GET', `/sync-runs/${asked.id}`, undefined, ending);

  told.say('**Proof.** One group, different by the one who was taken out.');
  const proof = await told.call<Proof>('GET', `/sync-runs/${asked.id}/proof`, undefined, (answer) => answer);
  told.name(proof.groups[0]!.read!.digest, 'digest of the read');
  told.name(proof.groups[0]!.accounts.digest, 'digest of the accounts');
  const csv = await fetch(`${tenant.api.address}/api/v1/sync-runs/${asked.id}/proof?format=csv`, {
    headers: { authorization: `Bearer ${tenant.api.token}` },
  });
  told.note(
    `GET /api/v1/sync-runs/${asked.id}/proof?format=csv\n\n${csv.status}\n${(await csv.text()).trimEnd().replaceAll('\r', '')}`,
  );

  told.say('**Undo** shows its own plan first. What the run created ends deactivated.');
  const undo = await told.call<Run>('POST', `/sync-runs/${asked.id}/undo`, { apply: 'review' }, brief);
  told.name(undo.id, 'undo');
  const { planHash } = await until('awaitingReview', undo.id);
  told.name(planHash, 'hash of the undo');
  await told.call<Listing<Line> & Record<string, unknown>>('GET', `/sync-runs/${undo.id}/changes`, undefined, lines);
  await told.call<Run>('POST', `/sync-runs/${undo.id}/approve`, { planHash }, brief);
  await until('completed', undo.id);
  await told.call<Run>('GET', `/sync-runs/${undo.id}`, undefined, ending);
  await told.call<Run>('GET', `/sync-runs/${asked.id}`, undefined, ({ state, undone }) => ({ state, undone }));

  told.say(
    `**The next run** does not do the same again: pins keep what was undone. ${spared!.displayName} was left out of that plan only, and comes.`,
  );
  const next = await tenant.api.post<Run>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'automatic' });
  told.name(next.id, 'next run');
  await until('completed', next.id);
  await told.call<Listing<Line> & Record<string, unknown>>(
    'GET',
    `/sync-runs/${next.id}/changes?outcome=applied`,
    undefined,
    lines,
  );
  await told.call<Proof>('GET', `/sync-runs/${next.id}/proof`, undefined, ({ isEqual, groups, items }) => ({
    isEqual,
    reasons: groups.map((proven) => (proven as unknown as { reasons: unknown }).reasons),
    items: items.toSorted(byName).map(({ displayName, side, why }) => [displayName, side, why].join(' · ')),
  }));
  return told.toString();
}

it('docs/full-sync.md shows a run as it is (write it anew with UPDATE_DOCS=1)', async () => {
  const page = await readFile(PAGE, 'utf8');
  expect(page).toMatch(PLACE);
  const example = await workedExample();
  const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
  const shown = await format(
    page.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${example}\n${end}`),
    options,
  );
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(PAGE, shown);
  expect(await readFile(PAGE, 'utf8')).toBe(shown);
});
