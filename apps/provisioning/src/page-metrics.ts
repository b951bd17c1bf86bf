import { Counter, type Registry } from 'prom-client';
import type { ApplyOutcome } from '#people';
import { currentSpan } from '#tracing';

/** Of each kind of effect the people are counted. */
export const EFFECTS = ['created', 'updated', 'deactivated', 'reactivated', 'granted', 'revoked', 'held'] as const;

export type PageKind = 'users' | 'memberships' | 'group';

/**
 * What became of pages and of the people in them: for metrics, without ids of customers, so that the number of series stays small, and on
 * the span that handles the page.
 */
export class PageMetrics {
  private readonly pages: Counter<'kind' | 'outcome'>;
  private readonly effects: Counter<'effect'>;
  private readonly contradictions: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.pages = new Counter({
      name: 'rollcall_pages_total',
      help: 'Pages of directory facts',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.effects = new Counter({
      name: 'rollcall_people_effects_total',
      help: 'People affected, by effect',
      labelNames: ['effect'],
      registers,
    });
    this.contradictions = new Counter({
      name: 'rollcall_contradictions_total',
      help: 'Facts put on the recheck list',
      registers,
    });
  }

  count(kind: PageKind, result: ApplyOutcome): void {
    this.pages.inc({ kind, outcome: result.outcome });
    if (result.outcome !== 'applied') return;
    for (const effect of EFFECTS) {
      const people = result.counts[effect];
      this.effects.inc({ effect }, people);
      if (people > 0) currentSpan().count({ [`rollcall.people.${effect}`]: people });
    }
    this.contradictions.inc(result.rechecks);
  }
}
