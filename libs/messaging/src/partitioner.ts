const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** The 32-bit murmur2 of Kafka's Java client, so that any producer in any language finds the same partition for a key. */
export function murmur2(text: string): number {
  const data = Buffer.from(text, 'utf8');
  const { length } = data;
  let h = SEED ^ length;
  const words = length >> 2;
  for (let word = 0; word < words; word++) {
    let k = Math.imul(data.readInt32LE(word * 4), M);
    k = Math.imul(k ^ (k >>> 24), M);
    h = Math.imul(h, M) ^ k;
  }
  const tail = length & ~3;
  const left = length & 3;
  if (left === 3) h ^= data.readUInt8(tail + 2) << 16;
  if (left >= 2) h ^= data.readUInt8(tail + 1) << 8;
  if (left >= 1) h = Math.imul(h ^ data.readUInt8(tail), M);
  h = Math.imul(h ^ (h >>> 13), M);
  return h ^ (h >>> 15);
}

/** The bucket of a key: a partition of a topic, or a shard of the outbox. */
export function bucketOf(key: string, buckets: number): number {
  return (murmur2(key) & 0x7fffffff) % buckets;
}
