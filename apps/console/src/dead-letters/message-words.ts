const WORDS: Readonly<Record<string, string>> = {
  'rollcall.directory.users.changed': 'People changed in Entra',
  'rollcall.directory.memberships.changed': 'Members of a group changed in Entra',
  'rollcall.directory.group.changed': 'A group changed in Entra',
};

const TOPICS: Readonly<Record<string, string>> = {
  'directory.changes.v1': 'Something changed in Entra',
  'provisioning.events.v1': 'Something happened to a person',
  'sync.runs.v1': 'News of a sync run',
  'connections.v1': 'News of a connection',
};

/** What a message is about; by its topic where its type is not known, or could not be read. Pure. */
export function messageWords({ eventType, topic }: { readonly eventType: string | null; readonly topic: string }): string {
  return (eventType === null ? undefined : WORDS[eventType]) ?? TOPICS[topic] ?? topic;
}
