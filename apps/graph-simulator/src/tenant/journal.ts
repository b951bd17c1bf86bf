import type { Change, JournalEntry } from './change.js';

/** The history of the directory, oldest first; `seq` counts from 1 without gaps. */
export class Journal {
  readonly #entries: JournalEntry[] = [];

  get head(): number {
    return this.#entries.length;
  }

  append(at: number, changes: readonly Change[]): JournalEntry[] {
    const fresh = changes.map((change, index) => ({ seq: this.head + index + 1, at, change }));
    for (const entry of fresh) this.#entries.push(entry);
    return fresh;
  }

  /** Entries with `after < seq <= upTo`. */
  *between(after: number, upTo: number): Generator<JournalEntry> {
    for (let seq = Math.max(after, 0) + 1; seq <= Math.min(upTo, this.head); seq++) {
      const entry = this.#entries[seq - 1];
      if (entry) yield entry;
    }
  }

  /** Newest first, down to but without `downTo`. */
  *backwards(downTo: number): Generator<JournalEntry> {
    for (let seq = this.head; seq > downTo; seq--) {
      const entry = this.#entries[seq - 1];
      if (entry) yield entry;
    }
  }

  /** The last seq that had happened at this instant. */
  seqAt(instant: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.at ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
