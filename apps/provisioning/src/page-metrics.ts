import { Counter, type Registry } from 'prom-client';
import type { ApplyOutcome } from '#people';

const EFFECTS = ['created', 'updated', 'deactivated', 'reactivated', 'granted', 'revoked', 'held'] as const;

/** What became of pages and of the people in them; without ids of customers, so that the number of series stays small. */
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

  count(kind: 'users' | 'memberships' | 'group', result: ApplyOutcome): void {
    this.pages.inc({ kind, outcome: result.outcome });
    if (result.outcome !== 'applied') return;
    for (const effect of EFFECTS) this.effects.inc({ effect }, result.counts[effect]);
    this.contradictions.inc(result.rechecks);
  }
}
