/** Groups, members and people, with what can be done to each. */
export const directoryScript = `
async function showDirectory() {
  groups = (await api('GET', '/groups')).items;
  if (chosen !== 'all' && !groups.some((group) => group.id === chosen)) chosen = groups[0]?.id ?? 'all';
  $('groups').replaceChildren(...groups.map(groupEntry));
  const options = groups.filter((group) => group.state === 'active').map((group) => element('option', { value: group.id }, group.displayName));
  $('add-person').elements.group.replaceChildren(...options);
  const group = groups.find((each) => each.id === chosen);
  if (group?.state === 'active') $('add-person').elements.group.value = group.id;
  $('add-person').hidden = group?.state === 'deleted';
  $('add-member').hidden = group?.state !== 'active';
  $('group-actions').replaceChildren(...(group ? groupActions(group) : []));
  const found = !group ? await api('GET', '/users?limit=500') : group.state === 'active' ? await api('GET', '/groups/' + group.id + '/members') : { items: [] };
  $('list-title').textContent = group ? group.displayName + ' (' + group.memberCount + ')' : 'All people (' + found.count + ')';
  $('rows').replaceChildren(...found.items.map((person) => personRow(person, group)));
  $('empty').hidden = found.items.length > 0;
}

function groupEntry(group) {
  const choose = () => { chosen = group.id; refresh(); };
  const name = element('span', { class: group.state === 'deleted' ? 'gone' : '' }, group.displayName);
  return element('li', {}, element('button', { type: 'button', 'aria-current': String(group.id === chosen), onclick: choose }, name, element('span', { class: 'count' }, String(group.memberCount))));
}

function groupActions(group) {
  const path = '/groups/' + group.id;
  if (group.state === 'deleted') {
    return [
      button('Restore group', () => act('Restored ' + group.displayName + '.', () => api('POST', '/objects/' + group.id + '/restore'))),
      button('Delete for good', () => act('Deleted ' + group.displayName + ' for good.', () => api('POST', '/objects/' + group.id + '/purge')), 'danger'),
    ];
  }
  const rename = () => {
    const displayName = prompt('New name of the group', group.displayName);
    if (displayName) act('Renamed.', () => api('PATCH', path, { attributes: { displayName } }));
  };
  const newcomers = button('Three newcomers, two renames', () => act('Three people are new, two have other names.', () => api('POST', path + '/change-some')));
  newcomers.dataset.action = 'newcomers';
  return [
    button('Rename', rename),
    newcomers,
    ...(emptied(group.id).length > 0 ? [button('Put everyone back', () => act('Everyone is back.', () => putBack(group)))] : []),
    button('Empty the group', () => act('Emptied ' + group.displayName + '.', () => emptyGroup(group)), 'danger'),
    button('Delete group', () => act('Deleted ' + group.displayName + '. It can be restored.', () => api('DELETE', path)), 'danger'),
  ];
}

// Who was in a group when it was emptied here, so that they can be put back, also from another tab.
function emptied(groupId) {
  return JSON.parse(localStorage.getItem('emptied ' + groupId) ?? '[]');
}

async function emptyGroup(group) {
  const { items } = await api('GET', '/groups/' + group.id + '/members?limit=5000');
  if (items.length > 0) localStorage.setItem('emptied ' + group.id, JSON.stringify(items.map(({ id }) => id)));
  await api('POST', '/groups/' + group.id + '/empty');
}

async function putBack(group) {
  await api('POST', '/groups/' + group.id + '/members', { members: emptied(group.id) });
  localStorage.removeItem('emptied ' + group.id);
}

function personRow(object, group) {
  const mail = object.attributes.mail ?? (object.kind === 'user' ? 'no mail' : '');
  const name = element('span', { title: object.id, class: object.state === 'deleted' ? 'gone' : '' }, object.displayName);
  return row([name, mail, describe(object)], personActions(object, group));
}

function describe(object) {
  if (object.kind !== 'user') return object.kind;
  if (object.state === 'deleted') return 'deleted';
  const words = [object.attributes.accountEnabled === false ? 'disabled' : 'enabled'];
  if (object.attributes.userType === 'Guest') words.push('guest');
  return words.join(', ');
}

function personActions(object, group) {
  const name = object.displayName;
  const path = '/users/' + object.id;
  const leave = () => act('Removed ' + name + ' from ' + group.displayName + '.', () => api('DELETE', '/groups/' + group.id + '/members/' + object.id));
  const actions = group ? [button('Remove', leave)] : [];
  if (object.kind !== 'user') return actions;
  if (object.state === 'deleted') {
    actions.push(button('Restore', () => act('Restored ' + name + '.', () => api('POST', '/objects/' + object.id + '/restore'))));
    actions.push(button('Delete for good', () => act('Deleted ' + name + ' for good.', () => api('POST', '/objects/' + object.id + '/purge')), 'danger'));
    return actions;
  }
  const isEnabled = object.attributes.accountEnabled !== false;
  actions.push(button(isEnabled ? 'Disable' : 'Enable', () => act((isEnabled ? 'Disabled ' : 'Enabled ') + name + '.', () => api('POST', path + (isEnabled ? '/disable' : '/enable')))));
  actions.push(button('Rename', () => {
    const displayName = prompt('New name', name);
    if (displayName) act('Renamed.', () => api('PATCH', path, { attributes: { displayName } }));
  }));
  actions.push(button('Mail', () => {
    const mail = prompt('New mail address; empty for none', object.attributes.mail ?? '');
    if (mail !== null) act('Changed the mail address of ' + name + '.', () => api('PATCH', path, { attributes: { mail: mail || null } }));
  }));
  actions.push(button('Delete', () => act('Deleted ' + name + '. It can be restored.', () => api('DELETE', path)), 'danger'));
  return actions;
}

function openPersonForm() {
  $('add-person').hidden = false;
  $('add-person').elements.displayName.value = 'Grace Newcomer';
  $('add-person').querySelector('button').focus();
}

onSubmit('add-person', ({ displayName, mail, group }, form) => act('Added ' + displayName + '.', async () => {
  await api('POST', '/people', { displayName, groups: [group], ...(mail ? { mail } : {}) });
  form.elements.displayName.value = '';
  form.elements.mail.value = '';
  chosen = group;
}));

onSubmit('add-member', ({ q }, form) => act('Added to the group.', async () => {
  const { items } = await api('GET', '/users?limit=2&q=' + encodeURIComponent(q));
  if (items.length !== 1) throw new Error(items.length === 0 ? 'Nobody is found by "' + q + '".' : '"' + q + '" fits several people; use the mail address.');
  await api('POST', '/groups/' + chosen + '/members', { members: [items[0].id] });
  form.reset();
}));

$('add-member').elements.q.addEventListener('input', async (event) => {
  if (event.target.value.length < 2) return;
  const { items } = await api('GET', '/users?limit=8&q=' + encodeURIComponent(event.target.value));
  $('found').replaceChildren(...items.map((user) => element('option', { value: user.attributes.userPrincipalName }, user.displayName)));
});

onSubmit('new-group', ({ displayName }, form) => act('Created ' + displayName + '.', async () => {
  chosen = (await api('POST', '/groups', { displayName })).id;
  form.reset();
}));

$('all-users').addEventListener('click', () => { chosen = 'all'; refresh(); });
`;
