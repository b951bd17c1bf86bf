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

/** What goes with a message that is discarded: what Entra said is read anew, everything else was only in it. Pure. */
export function lossOf({ topic, group }: { readonly topic: string; readonly group: string }): string {
  return topic.endsWith('directory.changes.v1')
    ? 'What it said about people is not lost: they were, or are, read anew from Microsoft Graph.'
    : `What ${group} would have made of it, such as a notice, does not come.`;
}

/** What a message is about; by its topic where its type is not known, or could not be read. Pure. */
export function messageWords({ eventType, topic }: { readonly eventType: string | null; readonly topic: string }): string {
  return (eventType === null ? undefined : WORDS[eventType]) ?? TOPICS[topic] ?? topic;
}
