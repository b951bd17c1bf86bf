import { randomUUID } from 'node:crypto';
import { runBatch } from '../batch/batch.js';
import { DELTA_COST } from '../delta/delta-routes.js';
import { parseQuery, refuseUnknownOptions } from '../odata/query-options.js';
import type { Simulation } from '../simulation.js';
import { occasionOf } from '../simulation.js';
import { DirectoryError } from '../tenant/directory-error.js';
import { priceOf, readLimitFor, Throttle } from '../throttling/throttle.js';
import { unauthorized, type AccessTokens } from '../tokens/access-tokens.js';
import type { AppRegistrations } from '../tokens/app-registrations.js';
import type { Caller } from '../tokens/caller.js';
import { directoryRefusal } from './directory-refusal.js';
import { errorEnvelope, type RequestIds } from './error-envelope.js';
import type { GraphCall, GraphReply } from './graph-call.js';
import { badRequest, forbidden, GraphError } from './graph-error.js';
import { normalisePath } from './graph-path.js';
import type { GraphRouter } from './graph-router.js';
import { hasAny } from './permissions.js';
import { applyPageFaults, raiseRequestFaults } from './request-faults.js';
import type { RequestCounters } from './request-counters.js';

/** A request to `/v1.0`, as the transport took it. `url` is what follows the version, with its query. */
export interface GraphRequest {
  readonly method: string;
  readonly origin: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** Graph without its transport: who asks, what it costs, whether it is allowed, the answer. */
export class GraphService {
  readonly #throttles = new Map<string, Throttle>();

  constructor(
    private readonly simulation: Simulation,
    private readonly router: GraphRouter,
    private readonly tokens: AccessTokens,
    private readonly apps: AppRegistrations,
    private readonly counters: RequestCounters,
  ) {}

  async handle(request: GraphRequest): Promise<GraphReply> {
    const ids = idsOf(request.headers);
    return this.#guard(ids, `${request.method} ${request.url.split('?')[0] ?? ''}`, async () => {
      const caller = await this.tokens.read(request.headers['authorization']);
      this.#requireServicePrincipal(caller);
      const isBatch = /^\/\$batch$/i.test(request.url.split('?')[0] ?? '');
      if (!isBatch) return this.#answer(request, caller, ids);
      if (request.method !== 'POST') throw badRequest('Specified HTTP method is not allowed for the request target.');
      this.counters.count('POST /$batch', 200);
      return runBatch(
        request.body,
        (item) => this.#guard(ids, 'batch item', () => this.#answer({ ...item, origin: request.origin }, caller, ids)),
        this.simulation.behaviours(),
      );
    });
  }

  async #answer(request: GraphRequest, caller: Caller, ids: RequestIds): Promise<GraphReply> {
    const [path, search] = splitOnce(request.url, '?');
    const call: GraphCall = { ...request, segments: segmentsOf(path), query: parseQuery(search), caller };
    const { route, parameters } = this.router.match(call.method, call.segments);
    const reply = await this.#guard(ids, undefined, async () => {
      raiseRequestFaults(this.simulation.faults, occasionOf(this.simulation, call));
      if (route.permissions.length > 0 && !hasAny(caller.roles, route.permissions)) throw forbidden();
      const headers = this.#spend(call, route.cost);
      refuseUnknownOptions(call.query, route.options);
      const answered = await route.handle(call, parameters);
      return { ...answered, headers: { ...headers, ...answered.headers } };
    });
    this.counters.count(`${route.method} ${route.path}`, reply.status);
    return applyPageFaults(reply, this.simulation, call);
  }

  #spend(call: GraphCall, cost: number): Record<string, string> {
    if (!this.simulation.behaviours().throttling) return {};
    const headers = this.#throttleOf(call.caller.clientId).spend(
      priceOf(cost, call.method, call.query),
      this.simulation.clock.now(),
    );
    if (cost === DELTA_COST && call.segments.at(-1) === 'delta') delete headers['x-ms-resource-unit'];
    return headers;
  }

  #throttleOf(clientId: string): Throttle {
    const known = this.#throttles.get(clientId);
    if (known) return known;
    const fresh = new Throttle(`${clientId}/${this.simulation.tenantId}`, () =>
      readLimitFor(this.simulation.tenant.directory.countUsers()),
    );
    this.#throttles.set(clientId, fresh);
    return fresh;
  }

  #requireServicePrincipal(caller: Caller): void {
    const app = this.apps.find(caller.clientId);
    if (app?.isDisabled === true) throw unauthorized('The application is disabled.');
    if (app?.hasServicePrincipal !== true)
      throw new GraphError(
        401,
        'Authorization_IdentityNotFound',
        'The identity of the calling application could not be established.',
      );
  }

  async #guard(ids: RequestIds, countAs: string | undefined, answer: () => Promise<GraphReply>): Promise<GraphReply> {
    try {
      return withIds(await answer(), ids);
    } catch (thrown) {
      const error = thrown instanceof DirectoryError ? directoryRefusal(thrown) : thrown;
      if (!(error instanceof GraphError)) throw error;
      if (countAs !== undefined) this.counters.count(countAs, error.status);
      const body = errorEnvelope(error, ids, new Date(this.simulation.clock.now()));
      return withIds({ status: error.status, headers: error.headers, body }, ids);
    }
  }
}

function segmentsOf(path: string): string[] {
  try {
    return normalisePath(path);
  } catch {
    throw badRequest('The request path is not a valid URL.');
  }
}

function withIds(reply: GraphReply, ids: RequestIds): GraphReply {
  return { ...reply, headers: { ...reply.headers, 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId } };
}

function idsOf(headers: GraphRequest['headers']): RequestIds {
  const requestId = randomUUID();
  const sent = headers['client-request-id'];
  return { requestId, clientRequestId: sent !== undefined && /^[0-9a-f-]{36}$/i.test(sent) ? sent : requestId };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
