const DAY_MS = 24 * 60 * 60 * 1000;

/** Partitions of each topic when it is created; more is a runbook step with consumers drained (docs/operations.md). */
export const TOPIC_PARTITIONS = 12;

/** Every topic that carries facts, with its retention (design: "Retention"). Names are fixed; a prefix is put before them at the broker. */
export const TOPICS = {
  directoryChanges: { name: 'directory.changes.v1', retentionMs: 7 * DAY_MS },
  provisioningEvents: { name: 'provisioning.events.v1', retentionMs: 30 * DAY_MS },
  syncRuns: { name: 'sync.runs.v1', retentionMs: 30 * DAY_MS },
  connections: { name: 'connections.v1', retentionMs: 30 * DAY_MS },
} as const;

export type TopicName = (typeof TOPICS)[keyof typeof TOPICS]['name'];

/** Where a consumer group puts what none of its handlers could take. */
export function deadLetterTopic(group: string, topic: string): string {
  return `${group}.${topic}.dead-letter`;
}
