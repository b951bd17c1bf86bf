import { setTimeout as pause } from 'node:timers/promises';
import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Log } from '#contracts';
import { setTracing } from '../is-tracing.js';
import type { Tracing } from '../start-tracing.js';
import { CalmExporter } from './calm-exporter.js';
import { serviceResource } from './service-resource.js';

export interface SdkOptions {
  readonly service: string;
  readonly serviceName?: string | undefined;
  readonly endpoint: string;
  readonly log: Log;
}

/** A part of the ten seconds in which a process has to end. */
const FLUSH_DEADLINE_MS = 1_500;

/**
 * OpenTelemetry's own SDK, with its usual variables for the rest (`OTEL_TRACES_SAMPLER`, `OTEL_BSP_*`, `OTEL_EXPORTER_OTLP_HEADERS`,
 * `OTEL_RESOURCE_ATTRIBUTES`). Spans wait in a bounded queue; what does not fit is dropped. Baggage of strangers is not passed on.
 */
export function startSdk({ service, serviceName, endpoint, log }: SdkOptions): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new CalmExporter(new OTLPTraceExporter({ url }), new URL(url).origin, log);
  const provider = new NodeTracerProvider({
    resource: serviceResource(service, serviceName),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  setTracing(true);
  return {
    stop: async () => {
      setTracing(false);
      const late = new AbortController();
      // What could not be sent was said by the exporter.
      const flushed = provider.shutdown().catch(() => undefined);
      await Promise.race([flushed, pause(FLUSH_DEADLINE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
      for (const door of [trace, context, propagation]) door.disable();
    },
  };
}
