import { faultKinds } from '../faults/fault.js';

/** Subscriptions, notifications, faults and the clock. */
export const trafficScript = `
const faultKinds = ${JSON.stringify(faultKinds)};
const needsMs = ['slow', 'staleRead', 'deltaLag', 'notificationLate'];

async function showTraffic() {
  const { items: subscriptions } = await api('GET', '/subscriptions');
  $('subscriptions').replaceChildren(...subscriptions.map((each) => row(
    [each.resource, element('code', {}, each.notificationUrl), new Date(each.expirationDateTime).toLocaleString()],
    [
      button('Ask to reauthorise', () => act('Sent.', () => api('POST', '/lifecycle', { event: 'reauthorizationRequired', subscriptionId: each.id }))),
      button('Drop', () => act('Dropped without a word.', () => api('DELETE', '/subscriptions/' + each.id)), 'danger'),
    ],
  )));
  const { items: deliveries } = await api('GET', '/deliveries');
  $('deliveries').replaceChildren(...deliveries.slice(0, 50).map((each) => element('tr', {}, ...[
    new Date(each.at).toLocaleTimeString(),
    String(each.outcome),
    String(each.attempt),
    element('code', { title: JSON.stringify(each.items, null, 1) }, each.items.map((item) => item.lifecycleEvent ?? item.changeType + ' ' + item.resource).join(', ')),
  ].map((cell) => element('td', {}, cell)))));
}

async function showFaults() {
  const { items } = await api('GET', '/faults');
  $('faults').replaceChildren(...items.map(({ id, fault, hits }) => {
    const { kind, scope, probability, times, ...rest } = fault;
    const details = Object.entries(rest).map(([name, value]) => name + ' ' + value).join(', ');
    return row([kind + (details ? ' (' + details + ')' : ''), (Object.values(scope).join(' ') || 'everything') + ', ' + probability * 100 + ' %', hits + (times ? ' of ' + times : '')],
      [button('Switch off', () => act('Switched off.', () => api('DELETE', '/faults?which=' + id)))]);
  }));
}

$('new-fault').elements.kind.replaceChildren(...faultKinds.map((kind) => element('option', { value: kind }, kind)));

onSubmit('new-fault', ({ kind, probability, path, times, ms }) => act('Switched on: ' + kind + '.', () => api('POST', '/faults', { fault: {
  kind,
  probability: Number(probability),
  scope: path ? { path } : {},
  times: times ? Number(times) : null,
  ...(needsMs.includes(kind) ? { ms: Number(ms || 5000) } : {}),
} })));

onSubmit('advance', ({ minutes }) => act('The clock moved.', () => api('POST', '/clock/advance', { ms: Number(minutes) * 60000 })));
`;
