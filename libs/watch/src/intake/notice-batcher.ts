import type { Queryable } from '#database';
import { IntakeOverloadedError, IntakeUnavailableError } from '../errors.js';
import { raiseDueMarks, type NoticeCount } from './due-marks.js';

export interface NoticeBatcherOptions {
  /** Requests that may wait for the next statement. */
  readonly maxWaiting?: number;
  /** Graph counts an answer as slow after 3 s (sheet 4.5). */
  readonly deadlineMs?: number;
}

interface Waiting {
  readonly notices: readonly NoticeCount[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Joins the notices of all requests that come while a statement is under way into the next one: a burst costs a few statements,
 * whatever its size, and a single notice waits for nothing. A request is answered only after its notices are committed (invariant 1).
 */
export class NoticeBatcher {
  private waiting: Waiting[] = [];
  private isFlushing = false;

  constructor(
    private readonly db: Queryable,
    private readonly options: NoticeBatcherOptions = {},
  ) {}

  /** Throws IntakeOverloadedError or IntakeUnavailableError; a notice that was written nevertheless does no harm. */
  async raise(notices: readonly NoticeCount[]): Promise<void> {
    const { maxWaiting = 2_000, deadlineMs = 2_500 } = this.options;
    if (this.waiting.length >= maxWaiting) throw new IntakeOverloadedError(this.waiting.length);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new IntakeUnavailableError()), deadlineMs);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        action();
      };
      this.waiting.push({
        notices,
        resolve: () => settle(resolve),
        reject: (error) => settle(() => reject(error)),
      });
      if (!this.isFlushing) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.isFlushing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await raiseDueMarks(this.db, joinNotices(batch.flatMap((entry) => entry.notices)));
        for (const entry of batch) entry.resolve();
      } catch (cause) {
        for (const entry of batch) entry.reject(new IntakeUnavailableError({ cause }));
      }
    }
    this.isFlushing = false;
  }
}

export function joinNotices(notices: readonly NoticeCount[]): NoticeCount[] {
  const joined = new Map<string, NoticeCount>();
  for (const notice of notices) {
    const key = `${notice.connectionId}/${notice.groupId ?? ''}`;
    joined.set(key, { ...notice, notices: notice.notices + (joined.get(key)?.notices ?? 0) });
  }
  return [...joined.values()];
}
