/** Types of start-kafka.mjs, which is plain JavaScript so that `npm test` can run it before anything is built. */
export interface RunningKafka {
  readonly brokers: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export function startKafka(options: { port: number; dataDir: string; cacheDir: string }): Promise<RunningKafka>;
export function whyNoKafka(): Promise<string | null>;
