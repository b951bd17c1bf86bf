import type { Simulation } from '../simulation.js';
import { occasionOf } from '../simulation.js';
import type { GraphCall, GraphReply } from '../http/graph-call.js';
import { badRequest, GraphError } from '../http/graph-error.js';
import { contextOf } from '../odata/page-links.js';
import { parseDeltaQuery } from './delta-query.js';
import { DELTA_TOKEN_LIFETIME_MS, deltaTokenSchema, REMEMBERED_ROUNDS, type DeltaToken } from './delta-token.js';
import { changedGroupRound, initialGroupRound } from './group-round.js';
import type { Round } from './round.js';
import { changedUserRound, initialUserRound } from './user-round.js';

type Resource = DeltaToken['resource'];
/** A token whose round is fixed. */
type OpenRound = DeltaToken & { readonly to: number };

const CACHED_ROUNDS = 8;

/** Answers `/groups/delta` and `/users/delta`. All it must remember stands in the tokens; rounds are kept only for speed. */
export class DeltaReader {
  readonly #rounds = new Map<string, Round>();

  constructor(private readonly simulation: Simulation) {}

  read(resource: Resource, call: GraphCall): GraphReply {
    const skip = call.query.get('$skiptoken');
    const delta = call.query.get('$deltatoken');
    if (skip !== undefined) return this.#page(call, this.#openSkipToken(resource, skip));
    if (delta === undefined || delta === '') return this.#page(call, this.#start(call, resource, null));
    if (delta === 'latest') return this.#latest(call, resource);
    return this.#page(call, this.#next(call, this.#openDeltaToken(call, resource, delta)));
  }

  #start(call: GraphCall, resource: Resource, from: number | null): OpenRound {
    const query = parseDeltaQuery(resource, call.query);
    return { resource, from, to: this.#visible(call), ...query, issuedAt: this.simulation.clock.now(), history: [] };
  }

  #latest(call: GraphCall, resource: Resource): GraphReply {
    const round = this.#start(call, resource, null);
    return {
      status: 200,
      body: { '@odata.context': this.#context(call, round), '@odata.deltaLink': this.#deltaLink(call, round), value: [] },
    };
  }

  /** The round after a delta link: up to what is visible, or less, or an old one again, as the faults have it. */
  #next(call: GraphCall, token: DeltaToken): OpenRound {
    const { faults } = this.simulation;
    const occasion = occasionOf(this.simulation, call);
    const from = token.from ?? 0;
    const replay = token.history.length > 0 ? faults.hit('deltaReplay', occasion) : undefined;
    if (replay) {
      const steps = Math.min(replay.rounds, token.history.length);
      const start = token.history[steps - 1] ?? 0;
      const to = steps === 1 ? from : (token.history[steps - 2] ?? from);
      return { ...token, from: start, to, resume: replay.resumeFrom === 'current' ? from : to };
    }
    const visible = Math.max(this.#visible(call), from);
    const partial = visible > from ? faults.hit('deltaPartial', occasion) : undefined;
    return { ...token, to: partial ? from + Math.floor((visible - from) * partial.fraction) : visible };
  }

  #page(call: GraphCall, token: OpenRound): GraphReply {
    const minimal = /return=minimal/i.test(call.headers['prefer'] ?? '');
    const { value, next } = this.#round(token, minimal).page(token.position ?? 0);
    const link =
      next === null
        ? { '@odata.deltaLink': this.#deltaLink(call, token) }
        : { '@odata.nextLink': this.#link(call, token.resource, '$skiptoken', { ...token, position: next }) };
    return {
      status: 200,
      headers: minimal ? { 'Preference-Applied': 'return=minimal' } : {},
      body: { '@odata.context': this.#context(call, token), ...link, value },
    };
  }

  #round(token: OpenRound, minimal: boolean): Round {
    const key = JSON.stringify([
      token.resource,
      token.from,
      token.to,
      token.select,
      token.ids,
      minimal,
      this.simulation.behaviours(),
    ]);
    const known = this.#rounds.get(key);
    if (known) return known;
    const round = this.#build(token, minimal);
    this.#rounds.set(key, round);
    const oldest = this.#rounds.keys().next().value;
    if (this.#rounds.size > CACHED_ROUNDS && oldest !== undefined) this.#rounds.delete(oldest);
    return round;
  }

  #build(token: OpenRound, minimal: boolean): Round {
    const behaviours = this.simulation.behaviours();
    const options = {
      select: token.select,
      ids: token.ids && new Set(token.ids),
      minimal,
      pageSize: behaviours.deltaPageSize,
      sliceSize: behaviours.deltaSliceSize,
      tellDeletedMembers: behaviours.softDeleteInGroupsDelta,
      tellBoth: behaviours.addedAndRemovedInOneRound,
    };
    const { tenant } = this.simulation;
    const view = tenant.viewAt(token.to);
    if (token.from === null)
      return token.resource === 'groups' ? initialGroupRound(view, options) : initialUserRound(view, options);
    const entries = tenant.journal.between(token.from, token.to);
    return token.resource === 'groups' ? changedGroupRound(view, entries, options) : changedUserRound(view, entries, options);
  }

  #openSkipToken(resource: Resource, text: string): OpenRound {
    const token = this.#parse(resource, text);
    if (token.to === undefined) throw badRequest('Badly formed token.');
    return { ...token, to: token.to };
  }

  #openDeltaToken(call: GraphCall, resource: Resource, text: string): DeltaToken {
    const { faults, clock, behaviours } = this.simulation;
    const occasion = occasionOf(this.simulation, call);
    const token = this.#parse(resource, text);
    if (faults.hit('gone', occasion)) throw this.#gone(call, token);
    const isExpired =
      clock.now() - token.issuedAt > DELTA_TOKEN_LIFETIME_MS || faults.hit('deltaTokenExpired', occasion) !== undefined;
    if (isExpired && behaviours().expiredDeltaToken === '410') throw this.#gone(call, token);
    if (!isExpired) return token;
    throw new GraphError(
      400,
      'syncStateNotFound',
      'The sync state generation is not found. The delta token is expired and data must be synchronized again.',
    );
  }

  #parse(resource: Resource, text: string): DeltaToken {
    const opened = deltaTokenSchema.safeParse(this.simulation.sealer.open(text));
    if (opened.success && opened.data.resource === resource) return opened.data;
    throw badRequest('Badly formed token.');
  }

  /** A forced resync names a link with an empty token: the whole chain again from the start. */
  #gone(call: GraphCall, token: DeltaToken): GraphError {
    const select = token.select ? `&$select=${token.select.join(',')}` : '';
    const filter = token.ids ? `&$filter=${encodeURIComponent(token.ids.map((id) => `id eq '${id}'`).join(' or '))}` : '';
    const location = `${call.origin}/v1.0/${token.resource}/delta?$deltatoken=${select}${filter}`;
    return new GraphError(
      410,
      'resyncRequired',
      'Resync required. Replace any local items with the server’s version and start over.',
      { Location: location },
    );
  }

  #visible(call: GraphCall): number {
    const { faults, tenant, clock } = this.simulation;
    const lag = faults.hit('deltaLag', occasionOf(this.simulation, call));
    return lag ? tenant.journal.seqAt(clock.now() - lag.ms) : tenant.journal.head;
  }

  #deltaLink(call: GraphCall, { resource, from, to, resume, select, ids, history }: OpenRound): string {
    const past = (from === null ? history : [from, ...history]).slice(0, REMEMBERED_ROUNDS);
    const token = {
      resource,
      from: resume ?? to,
      issuedAt: this.simulation.clock.now(),
      history: past,
      ...(select ? { select } : {}),
      ...(ids ? { ids } : {}),
    };
    return this.#link(call, resource, '$deltatoken', token);
  }

  #link(call: GraphCall, resource: Resource, option: string, token: DeltaToken): string {
    return `${call.origin}/v1.0/${resource}/delta?${option}=${this.simulation.sealer.seal(token)}`;
  }

  #context(call: GraphCall, { resource, select }: DeltaToken): string {
    return contextOf(call, resource, select);
  }
}
