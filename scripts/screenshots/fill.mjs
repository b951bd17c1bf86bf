import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tenantControl, until } from './calls.mjs';

/** Who comes back after the group was emptied; the removals of the others stay held. */
const RETURNERS = 12;

/**
 * Gives every page something to show: active people, held changes, pins, a plan that waits for review, an undo that waits too, a
 * notice, a support contact. Answers the ids that the stories need.
 */
export async function fill({ dataDir, api }) {
  const facts = JSON.parse(await readFile(join(dataDir, 'simulator.json'), 'utf8'));
  const tenant = tenantControl(facts);
  const [connection] = (await api('GET', '/connections')).items;
  const [{ id: groupId }] = facts.groups;
  const heldChanges = async () => (await api('GET', '/held-changes?limit=100')).items;

  await api('PATCH', '/organisation', { supportContact: 'it-helpdesk@contoso.example' });
  const { items: accounts } = await api('GET', '/accounts?limit=100');
  await api('POST', '/accounts/activate', { ids: accounts.slice(0, 6).map(({ id }) => id) });
  await tenant('POST', `/groups/${groupId}/empty`);
  const held = await until(async () => {
    const items = await heldChanges();
    return items.length >= accounts.length ? items : undefined;
  });
  await api('POST', '/held-changes/reject', { ids: held.slice(0, 2).map(({ id }) => id) });
  await api('POST', '/held-changes/release', { ids: held.slice(2, 4).map(({ id }) => id) });

  const isStillHeld = new Set(held.slice(4).map(({ accountId }) => accountId));
  await tenant('POST', `/groups/${groupId}/members`, {
    members: accounts
      .filter(({ id }) => isStillHeld.has(id))
      .slice(0, RETURNERS)
      .map(({ entraObjectId }) => entraObjectId),
  });
  await until(async () => ((await heldChanges()).length <= isStillHeld.size - RETURNERS ? true : undefined));

  await api('POST', `/connections/${connection.id}/pause`);
  for (const displayName of ['Ada Newcomer', 'Grace Newcomer', 'Joan Newcomer']) {
    await tenant('POST', '/people', { displayName, groups: [groupId] });
  }
  const returned = accounts.find(({ id }) => isStillHeld.has(id));
  await tenant('PATCH', `/users/${returned.entraObjectId}`, {
    attributes: { displayName: 'Adele Renamed', mail: 'adele.renamed@contoso.example' },
  });
  const first = (await api('GET', '/sync-runs')).items.find(({ state, summary }) => state === 'completed' && summary.created > 0);
  const plan = await planOf(api, `/connections/${connection.id}/sync-runs`, { kind: 'full', apply: 'review' });
  const undoPlan = await planOf(api, `/sync-runs/${first.id}/undo`, { apply: 'review' });
  const byId = (accountId) => accounts.find(({ id }) => id === accountId);
  const unwatched = facts.groups.find(({ displayName }) => displayName === 'Leadership');
  const [outsider] = (await tenant('GET', `/groups/${unwatched.id}/members?limit=1`)).items;
  return {
    connectionId: connection.id,
    groupId,
    plan,
    undoPlan,
    people: {
      returned,
      held: byId((await heldChanges())[0].accountId),
      released: byId(held[2].accountId),
      outsider: outsider.attributes,
    },
  };
}

/** The run that was asked for, once its plan waits for review. */
async function planOf(api, path, wish) {
  const { id } = await api('POST', path, wish);
  return until(async () => {
    const run = await api('GET', `/sync-runs/${id}`);
    return run.state === 'awaitingReview' ? run : undefined;
  });
}
