import type { Log } from '#contracts';
import type { ApplyOutcome } from '#people';
import { EFFECTS, type PageKind, type PageMetrics } from './page-metrics.js';

/** What a line about a page names of it. */
export interface RecordedPage {
  readonly connectionId: string;
  readonly readNo: number;
  readonly groupId?: string;
  readonly runId?: string | undefined;
}

/** Keeps what became of each page: in numbers, and, where somebody is affected by a change in the tenant, in the log. */
export class PageRecord {
  constructor(
    private readonly metrics: PageMetrics,
    private readonly log: Log,
  ) {}

  keep(kind: PageKind, { connectionId, readNo, groupId, runId }: RecordedPage, result: ApplyOutcome): void {
    this.metrics.count(kind, result);
    // A run tells its own sum.
    if (result.outcome !== 'applied' || runId !== undefined) return;
    const counted = EFFECTS.map((effect) => [effect, result.counts[effect]] as const).filter(([, people]) => people > 0);
    if (counted.length === 0) return;
    const fields = { connectionId, readNo, ...(groupId === undefined ? {} : { groupId }), ...Object.fromEntries(counted) };
    if (result.counts.held > 0) this.log.warn(fields, 'changes in Entra were applied, except what is held for a decision');
    else this.log.info(fields, 'changes in Entra were applied');
  }
}
