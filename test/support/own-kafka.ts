import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka, whyNoKafka, type KafkaBroker } from '../../scripts/kafka/start-kafka.mjs';

export const noKafkaReason = whyNoKafka();

/** A broker of the test's own, to be killed and started again. `dispose` ends it and removes its data. */
export async function startOwnKafka(port: number): Promise<KafkaBroker & { dispose(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-kafka-'));
  const broker = await startKafka({ port, dataDir, cacheDir: '.cache/kafka' });
  return {
    ...broker,
    dispose: async () => {
      await broker.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
