import type { RecordLog } from '../persistence/record-log.js';
import type { SimulatedClock } from '../time/simulated-clock.js';
import type { Change, JournalEntry } from './change.js';
import { Directory } from './directory.js';
import { DirectoryView } from './directory-view.js';
import { Journal } from './journal.js';

/** One write to the directory as the log keeps it. */
export interface WriteRecord {
  readonly t: 'write';
  readonly at: number;
  readonly changes: readonly Change[];
}

export type WriteListener = (entries: readonly JournalEntry[]) => void;

/** The directory with its history. Every change goes through {@link commit}: to the log, to the state, to the listeners. */
export class Tenant {
  readonly directory = new Directory();
  readonly journal = new Journal();
  readonly #clock: SimulatedClock;
  readonly #log: RecordLog;
  readonly #listeners = new Set<WriteListener>();
  #lastAt = 0;

  constructor(clock: SimulatedClock, log: RecordLog) {
    this.#clock = clock;
    this.#log = log;
  }

  /** One write, all of it or nothing; on the disk when this returns. */
  commit(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const record: WriteRecord = { t: 'write', at: Math.max(this.#clock.now(), this.#lastAt), changes };
    this.#log.append(record);
    const entries = this.replay(record);
    for (const listener of this.#listeners) listener(entries);
  }

  /** Applies a record that the log already has. */
  replay(record: WriteRecord): JournalEntry[] {
    this.#lastAt = record.at;
    for (const change of record.changes) this.directory.apply(change);
    return this.journal.append(record.at, record.changes);
  }

  onWrite(listener: WriteListener): void {
    this.#listeners.add(listener);
  }

  now(): DirectoryView {
    return this.viewAt(this.journal.head);
  }

  viewAt(seq: number): DirectoryView {
    return new DirectoryView(this.directory, this.journal, seq);
  }

  /** As it was `ms` of simulated time ago. */
  ago(ms: number): DirectoryView {
    return this.viewAt(this.journal.seqAt(this.#clock.now() - ms));
  }
}
