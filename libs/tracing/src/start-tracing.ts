import type { Log } from '#contracts';

export interface TracingOptions {
  /** The service's own name; its traces stand under `rollcall-<service>`. */
  readonly service: string;
  /** Base address of an OTLP/HTTP receiver; absent: nothing is traced, and nothing of the SDK is loaded. */
  readonly endpoint: string | undefined;
  /** Another name than the usual one (`OTEL_SERVICE_NAME`). */
  readonly serviceName?: string | undefined;
  readonly log: Log;
}

export interface Tracing {
  /** Sends what is left, and gives up after a second and a half. Never throws. */
  stop(): Promise<void>;
}

/** Once a process, before its services are made. */
export async function startTracing({ endpoint, ...options }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return { stop: () => Promise.resolve() };
  const { startSdk } = await import('./sdk/start-sdk.js');
  return startSdk({ ...options, endpoint });
}
