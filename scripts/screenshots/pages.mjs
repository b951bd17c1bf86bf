/**
 * Every page of the console, with the state that its address names; those of an object only where there is one.
 * Answers `[name, path]` pairs.
 */
export async function pagesOf(api) {
  const items = async (path) => (await api(path)).items ?? [];
  const [connection] = await items('/connections');
  const [account] = await items('/accounts?limit=1');
  const [group] = await items('/groups');
  const runs = await items('/sync-runs');
  const planned =
    runs.find(({ state, kind }) => state === 'awaitingReview' && kind !== 'undo') ??
    runs.find(({ planHash }) => planHash !== null);
  const undoing = runs.find(({ kind }) => kind === 'undo');
  const completed = runs.find(({ state, summary }) => state === 'completed' && summary.created > 0);
  return [
    ['overview', '/'],
    ['connections', '/connections'],
    ['connect-1-start', '/connections/new'],
    ['connect-2-application', '/connections/new?step=application'],
    ['people', '/people'],
    ['people-nobody', '/people?q=nobody-is-called-that'],
    ['find', '/find'],
    ['groups', '/groups'],
    ['activity', '/activity'],
    ['held-changes', '/held-changes'],
    ['full-sync', '/sync-runs'],
    ['undo-span', '/sync-runs/undo'],
    ['dead-letters', '/dead-letters'],
    ['notices', '/notices'],
    ['notice-settings', '/notices/settings'],
    ['audit', '/audit'],
    ['organisation', '/organisation'],
    ['me', '/me'],
    ['no-such-page', '/no-such-page'],
    ...(connection === undefined ? [] : pagesOfConnection(connection.id)),
    ...(account === undefined
      ? []
      : [
          ['person', `/people/${account.id}`],
          ['find-somebody', `/find?q=${account.entraObjectId}`],
        ]),
    ...(group === undefined ? [] : [['group', `/groups/${group.connectionId}/${group.id}`]]),
    ...(planned === undefined ? [] : [['plan', `/sync-runs/${planned.id}/plan`]]),
    ...(undoing === undefined
      ? []
      : [
          ['undo-run', `/sync-runs/${undoing.id}`],
          ['undo-plan', `/sync-runs/${undoing.id}/plan`],
        ]),
    ...(completed === undefined
      ? []
      : [
          ['run', `/sync-runs/${completed.id}`],
          ['undo', `/sync-runs/${completed.id}/undo`],
        ]),
  ];
}

/** People whose pages say more than that all is well. */
export function pagesOfPeople({ returned, held, released, outsider }) {
  return [
    ['person-returned', `/people/${returned.id}`],
    ['person-held', `/people/${held.id}`],
    ['person-released', `/people/${released.id}`],
    ['find-outsider', `/find?q=${outsider.userPrincipalName}`],
    ['find-unknown', '/find?q=nobody@contoso.example'],
  ];
}

/** For whoever has no session. */
export const pagesSignedOut = [
  ['sign-in', '/'],
  ['sign-in-link-used', '/?signIn=linkUsed'],
  ['sign-in-stopped', '/?signIn=declined'],
  ['no-role', '/?signIn=noRole'],
];

function pagesOfConnection(id) {
  const path = `/connections/${id}`;
  return [
    ['connection', path],
    ['settings-strategy', `${path}/settings`],
    ['settings-notifications', `${path}/settings?tab=notifications`],
    ['settings-filters', `${path}/settings?tab=filters`],
    ['rotate-secret', `${path}/credential`],
    ['compare-only-in-entra', `${path}/compare`],
    ['compare-different', `${path}/compare?side=different`],
    ['compare-only-here', `${path}/compare?side=onlyHere`],
  ];
}
