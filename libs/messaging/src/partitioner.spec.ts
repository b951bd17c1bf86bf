import fc from 'fast-check';
import { Partitioners, type PartitionMetadata } from 'kafkajs';
import { expect, it } from 'vitest';
import { bucketOf } from './partitioner.js';

const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({ partitionId, leader: 1 }) as PartitionMetadata);

it('finds the same partition for a key as the Java-compatible partitioner of the Kafka client', () => {
  const kafka = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (key) => {
      const message = { key, value: null };
      expect(bucketOf(key, 12)).toBe(kafka({ topic: 't', partitionMetadata, message }));
    }),
    { numRuns: 2_000 },
  );
});
