import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';
import { deadLetterTopic, TOPIC_PARTITIONS, TOPICS } from '#contracts';

const DEAD_LETTER_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
const KNOWN_WITHIN_MS = 10_000;
const ASK_AGAIN_MS = 100;

type TopicAdmin = Pick<Admin, 'listTopics' | 'describeCluster' | 'createTopics' | 'fetchTopicMetadata'>;

/** The topics that a process needs: the facts, and where its group puts what it cannot take. Names without prefix. */
export function wantedTopics(group: string | undefined): readonly { name: string; retentionMs: number }[] {
  const facts = Object.values(TOPICS);
  if (group === undefined) return facts;
  const letters = facts.map(({ name }) => ({ name: deadLetterTopic(group, name), retentionMs: DEAD_LETTER_RETENTION_MS }));
  return [...facts, ...letters];
}

/** How a topic is made on a cluster of so many brokers (design: "Engines"). */
export function topicConfig(topic: string, retentionMs: number, brokers: number): ITopicConfig {
  return {
    topic,
    numPartitions: TOPIC_PARTITIONS,
    replicationFactor: Math.min(3, brokers),
    configEntries: [
      { name: 'retention.ms', value: String(retentionMs) },
      { name: 'min.insync.replicas', value: brokers > 1 ? '2' : '1' },
    ],
  };
}

/** Creates what is missing. Any number of processes may do it at once: whoever comes second finds them there. */
export async function createMissingTopics(admin: TopicAdmin, prefix: string, group: string | undefined): Promise<void> {
  const known = new Set(await admin.listTopics());
  const missing = wantedTopics(group).filter(({ name }) => !known.has(prefix + name));
  if (missing.length === 0) return;
  const { brokers } = await admin.describeCluster();
  const topics = missing.map(({ name, retentionMs }) => topicConfig(prefix + name, retentionMs, brokers.length));
  await admin.createTopics({ topics, waitForLeaders: false, timeout: 10_000 });
  await untilKnown(
    admin,
    topics.map(({ topic }) => topic),
  );
}

/**
 * For a moment a broker may not host what the controller has made. kafkajs waits for leaders by itself, but takes a topic that is not
 * known yet for an error.
 */
async function untilKnown(admin: TopicAdmin, topics: string[]): Promise<void> {
  for (const endsAt = performance.now() + KNOWN_WITHIN_MS; ; await delay(ASK_AGAIN_MS)) {
    try {
      await admin.fetchTopicMetadata({ topics });
      return;
    } catch (error) {
      if (performance.now() >= endsAt) throw error;
    }
  }
}
