import { Counter, Histogram, type Registry } from 'prom-client';
import { GraphClients, type GraphClientsOptions, type GraphMetrics, type ThrottleGate } from '#graph-client';
import type { HostServices } from './host-services.js';

/** Answers the process's way to Graph. */
export type GraphDoor = (services: HostServices) => GraphClients;

/**
 * One way to Graph for all modules of a process, made when the first one asks: they share tokens, sockets and the places for
 * requests, so a refused secret costs one token request a minute however many of them use it. Closing it twice is harmless.
 */
export function sharedGraphDoor(
  endpoints: GraphClientsOptions['endpoints'],
  throttle: (services: HostServices) => ThrottleGate,
): GraphDoor {
  let clients: GraphClients | undefined;
  return (services) => {
    const { log, clock, metrics } = services;
    clients ??= new GraphClients({ endpoints, throttle: throttle(services), log, clock, metrics: graphMetrics(metrics) });
    return clients;
  };
}

const ANSWER_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];

/** Requests to Graph by operation and status; without the connection, whose number has no bound. */
export function graphMetrics(registry: Registry): GraphMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'rollcall_graph_requests_total',
    help: 'Requests to Microsoft Graph; status "none" where no answer came',
    labelNames: ['operation', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'rollcall_graph_request_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['operation'],
    buckets: ANSWER_SECONDS,
    registers,
  });
  return {
    request: ({ operation, status, durationMs }) => {
      requests.inc({ operation, status: status === null ? 'none' : String(status) });
      seconds.observe({ operation }, durationMs / 1_000);
    },
  };
}
