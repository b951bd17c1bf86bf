import { ResponseType } from '@microsoft/microsoft-graph-client';
import { inSpan, type Span, type SpanOptions } from '#tracing';
import { classifyGraphFailure } from '../errors/classify-graph-failure.js';
import { GraphError } from '../errors/graph-error.js';
import { GraphUnavailableError, ThrottledError } from '../errors/graph-errors.js';
import type { GraphClientsOptions, Priority } from '../graph-clients.js';
import { resourceUnits } from '../throttling/resource-units.js';
import { GraphCall } from './graph-call.js';
import type { GraphOperation } from './graph-operation.js';
import type { GraphRequest, GraphSender } from './graph-request.js';
import type { LiveConnection } from './live-connection.js';
import { readAnswer, type GraphAnswer } from './read-answer.js';

/** From here on low priority gives way (Graph sheet 5.2: 0.8 is near the limit, 1.0 throttles). */
const HIGH_LOAD = 0.8;
const GIVE_WAY_MS = 10_000;

const PRIORITY_HEADERS = { low: 'Low', normal: null, high: 'High' } as const;

/**
 * One request to Graph, from the shared wait to the parsed body. It never sleeps: whoever must wait gets a ThrottledError that
 * says how long, before a request was sent.
 */
export class GraphTransport implements GraphSender {
  requests = 0;

  constructor(
    private readonly live: LiveConnection,
    private readonly shared: Pick<GraphClientsOptions, 'throttle' | 'clock' | 'log' | 'metrics'>,
    private readonly priority: Priority,
  ) {}

  get graphOrigin(): string {
    return this.live.graphOrigin;
  }

  async send(request: GraphRequest): Promise<GraphAnswer> {
    const low = this.priority === 'low';
    return this.live.slots.run(request.operation.name, low, request.signal, async () => {
      const url = new URL(request.address.startsWith('/') ? `/v1.0${request.address}` : request.address, this.graphOrigin);
      await this.refuseWhileBlocked(request);
      if (low) await this.giveWay(request, request.units ?? resourceUnits(url));
      return inSpan(`${request.method ?? 'GET'} ${request.operation.name}`, this.spanOptions(request), (span) =>
        this.exchange(url, request, span),
      );
    });
  }

  /** Classifies a failed answer, or a failed item of a batch, and draws the consequences for the connection: all processes wait. */
  async classify(failure: GraphAnswer, operation: GraphOperation): Promise<GraphError> {
    const waits = failure.status === 429 || failure.status === 503 || failure.status === 509;
    const error = classifyGraphFailure(failure, {
      operation,
      now: this.shared.clock(),
      backoffMs: waits ? this.live.backoff.nextMs() : 0,
      graphOrigin: this.graphOrigin,
    });
    if (error instanceof ThrottledError) {
      const until = new Date(this.shared.clock().getTime() + error.afterMs);
      await this.shared.throttle.block(this.live.connection, until, operation.name);
    }
    if (failure.status === 401 || failure.status === 403) this.live.tokens.distrust();
    return error;
  }

  private async refuseWhileBlocked(request: GraphRequest): Promise<void> {
    const until = await this.shared.throttle.blockedUntil(this.live.connection);
    const waitMs = until === null ? 0 : until.getTime() - this.shared.clock().getTime();
    if (waitMs > 0)
      throw new ThrottledError('Graph asked to wait; no request was sent.', { operation: request.operation.name }, waitMs);
  }

  private async giveWay(request: GraphRequest, units: number): Promise<void> {
    const facts = { operation: request.operation.name };
    const load = await this.shared.throttle.load(this.live.connection);
    if (load !== null && load >= HIGH_LOAD)
      throw new ThrottledError(`Graph reports a load of ${load}; low priority gives way.`, facts, GIVE_WAY_MS);
    const waitMs = this.live.lowPriorityBudget.take(units);
    if (waitMs > 0) throw new ThrottledError('Low priority has used its half of the budget.', facts, waitMs);
  }

  /** Without the address: filters and keys in it are mail addresses and names, links hold tokens (invariant 10). */
  private spanOptions({ method = 'GET', operation }: GraphRequest): SpanOptions {
    const { hostname, port, protocol } = new URL(this.graphOrigin);
    return {
      kind: 'client',
      attributes: {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': Number(port || (protocol === 'http:' ? 80 : 443)),
        'rollcall.graph_operation': operation.name,
        'rollcall.connection_id': this.live.connection.connectionId,
      },
    };
  }

  private async exchange(url: URL, request: GraphRequest, span: Span): Promise<GraphAnswer> {
    const { operation } = request;
    const startedAt = performance.now();
    const deadline = AbortSignal.timeout(this.live.options.timeouts.requestMs);
    const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
    const call = new GraphCall(url, operation, request.repeatable ?? (request.method ?? 'GET') === 'GET', signal);
    let status: number | null = null;
    try {
      const answer = await readAnswer(await this.sendByClient(call, request), operation.name);
      status = answer.status;
      await this.noteLoad(answer);
      if (status >= 300 && status !== request.acceptStatus) throw await this.classify(answer, operation);
      this.live.backoff.reset();
      return answer;
    } catch (error) {
      request.signal?.throwIfAborted();
      throw this.describe(error, deadline, request);
    } finally {
      this.requests += call.sent;
      span.note({
        'http.response.status_code': status,
        ...(call.sent > 1 ? { 'http.request.resend_count': call.sent - 1 } : {}),
      });
      const durationMs = Math.round(performance.now() - startedAt);
      this.shared.metrics?.request({
        connectionId: this.live.connection.connectionId,
        operation: operation.name,
        status,
        durationMs,
      });
    }
  }

  private async sendByClient(call: GraphCall, request: GraphRequest): Promise<Response> {
    const priority = PRIORITY_HEADERS[this.priority];
    const prepared = this.live.client
      .api('/')
      .middlewareOptions([call])
      .responseType(ResponseType.RAW)
      .headers({ ...request.headers, ...(priority === null ? {} : { 'x-ms-throttle-priority': priority }) });
    try {
      if (request.method === 'POST') return (await prepared.post(request.body)) as Response;
      if (request.method === 'PATCH') return (await prepared.patch(request.body)) as Response;
      if (request.method === 'DELETE') return (await prepared.delete()) as Response;
      return (await prepared.get()) as Response;
    } catch (error) {
      throw call.failure ?? error;
    }
  }

  private async noteLoad(answer: GraphAnswer): Promise<void> {
    const percentage = Number(answer.headers.get('x-ms-throttle-limit-percentage') ?? Number.NaN);
    if (Number.isFinite(percentage)) await this.shared.throttle.reportLoad(this.live.connection, percentage);
  }

  /** An error of the gate (the database) is not Graph's and passes as it is. */
  private describe(error: unknown, deadline: AbortSignal, request: GraphRequest): unknown {
    const { connectionId } = this.live.connection;
    if (error instanceof GraphError) {
      if (deadline.aborted && error instanceof GraphUnavailableError) return this.overdue(request, error);
      this.shared.log.debug({ connectionId, code: error.code, ...error.facts }, 'Graph request failed');
      return error;
    }
    return deadline.aborted ? this.overdue(request, error) : error;
  }

  private overdue(request: GraphRequest, cause: unknown): GraphUnavailableError {
    const { requestMs } = this.live.options.timeouts;
    const operation = request.operation.name;
    return new GraphUnavailableError(`Graph did not finish ${operation} within ${requestMs} ms.`, { operation }, { cause });
  }
}
