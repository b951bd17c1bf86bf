/** Every page of the console, with the state that its address names. Answers `[name, path]` pairs. */
export async function pagesOf(api) {
  const first = async (path) => (await api(path)).items[0];
  const connection = (await first('/connections')).id;
  const account = (await first('/accounts?limit=1')).id;
  const group = (await first('/groups')).id;
  const runs = (await api('/sync-runs')).items;
  const planned = runs.find(({ planHash }) => planHash !== null);
  return [
    ['overview', '/'],
    ['connections', '/connections'],
    ['connection', `/connections/${connection}`],
    ['connect-1-start', '/connections/new'],
    ['connect-2-application', '/connections/new?step=application'],
    ['settings-strategy', `/connections/${connection}/settings`],
    ['settings-notifications', `/connections/${connection}/settings?tab=notifications`],
    ['settings-filters', `/connections/${connection}/settings?tab=filters`],
    ['rotate-secret', `/connections/${connection}/credential`],
    ['people', '/people'],
    ['people-nobody', '/people?q=nobody-is-called-that'],
    ['person', `/people/${account}`],
    ['groups', '/groups'],
    ['group', `/groups/${connection}/${group}`],
    ['activity', '/activity'],
    ['held-changes', '/held-changes'],
    ['full-sync', '/sync-runs'],
    ['run', `/sync-runs/${runs[0].id}`],
    ...(planned === undefined ? [] : [['plan', `/sync-runs/${planned.id}/plan`]]),
    ['dead-letters', '/dead-letters'],
    ['notices', '/notices'],
    ['audit', '/audit'],
    ['me', '/me'],
    ['no-such-page', '/no-such-page'],
  ];
}
