import { describe, expect, it } from 'vitest';
import { createMissingTopics, wantedTopics } from './kafka-topics.js';

const NAMES = wantedTopics('provisioning').map(({ name }) => `p.${name}`);

/** A cluster of one broker that hosts these topics, and knows of a new one only when it was asked for it so often. */
function cluster(topics: readonly string[], { knowsAfter }: { readonly knowsAfter: number }) {
  const created: string[] = [];
  let asked = 0;
  return {
    created,
    asked: () => asked,
    admin: {
      listTopics: async () => [...topics],
      describeCluster: async () => ({ brokers: [{ nodeId: 0, host: 'one', port: 9092 }], controller: 0, clusterId: 'test' }),
      createTopics: async (options: { topics: { topic: string }[] }) => {
        created.push(...options.topics.map(({ topic }) => topic));
        return true;
      },
      fetchTopicMetadata: async () => {
        asked += 1;
        if (asked <= knowsAfter) throw new Error('This server does not host this topic-partition');
        return { topics: [] };
      },
    },
  };
}

describe('the topics of a process', () => {
  it('are created where they are missing, and waited for until the brokers know them', async () => {
    const { admin, created, asked } = cluster(NAMES.slice(1), { knowsAfter: 2 });
    await createMissingTopics(admin, 'p.', 'provisioning');
    expect(created).toEqual(NAMES.slice(0, 1));
    expect(asked()).toBe(3);
  });

  it('are left alone where they are there', async () => {
    const { admin, created, asked } = cluster(NAMES, { knowsAfter: 0 });
    await createMissingTopics(admin, 'p.', 'provisioning');
    expect([created, asked()]).toEqual([[], 0]);
  });
});
