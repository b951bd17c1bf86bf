export interface KafkaBroker {
  readonly brokers: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export function startKafka(options: { port: number; dataDir: string; cacheDir: string }): Promise<KafkaBroker>;
export function whyNoKafka(): Promise<string | null>;
