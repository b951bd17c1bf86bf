/** The first words of the query keys that an event makes stale. */
export function staleKeysOf(eventType: string): readonly string[] {
  const [, subject] = eventType.split('.');
  // It comes each second, and says nothing of what else a run changes.
  if (eventType === 'rollcall.run.progressed') return ['runs'];
  switch (subject) {
    case 'account':
    case 'membership':
      return ['accounts', 'activity', 'groups', 'held', 'health', 'why', 'plan', 'pins'];
    case 'run':
      return ['runs', 'plan', 'connections', 'health', 'comparison'];
    case 'connection':
    case 'subscription':
    case 'credential':
      return ['connections', 'health'];
    case 'guard':
      return ['held', 'health', 'connections'];
    case 'notice':
      return ['notices'];
    default:
      return [];
  }
}
