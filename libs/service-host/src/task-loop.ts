import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Log } from '#contracts';
import type { NotificationListener } from '#database';

/** Work that is looked for again and again, at once when a channel is nudged. */
export interface Task {
  readonly name: string;
  readonly channels: readonly string[];
  readonly intervalMs: number;
  /** How many may be at it in this process at once. */
  readonly width: number;
  /** True where there may be more to do at once. A failure is logged and tried again at the next look. */
  run(signal: AbortSignal): Promise<boolean>;
  /** Milliseconds until a look that follows a vain one, where it should come sooner than usual. */
  nextLookMs?(): number;
}

/** A look that takes longer has found something to do, and there may be more for another lane. */
const VAIN_LOOK_MS = 20;

/** Runs a task from boot to shutdown. A nudge may be lost and an engine may be away, so the timer looks anyway. */
export class TaskLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly lanes: Promise<void>[] = [];
  private readonly unregister: (() => void)[] = [];
  private readonly sleepers = new Set<AbortController>();
  private nudges = 0;

  constructor(
    private readonly task: Task,
    private readonly listener: Pick<NotificationListener, 'on'>,
    private readonly log: Log,
  ) {}

  get name(): string {
    return this.task.name;
  }

  onApplicationBootstrap(): void {
    for (const channel of this.task.channels) this.unregister.push(this.listener.on(channel, () => this.wake()));
    for (let lane = 0; lane < this.task.width; lane += 1) this.lanes.push(this.live());
  }

  async onModuleDestroy(): Promise<void> {
    for (const off of this.unregister) off();
    this.stopping.abort();
    for (const sleeper of this.sleepers) sleeper.abort();
    await Promise.all(this.lanes);
  }

  private wake(): void {
    this.nudges += 1;
    this.wakeOne();
  }

  /** One lane looks; it brings the next where it finds something, so that a nudge costs one look and not one per lane. */
  private wakeOne(): void {
    const [sleeper] = this.sleepers;
    if (sleeper === undefined) return;
    this.sleepers.delete(sleeper);
    sleeper.abort();
  }

  private async live(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const nudges = this.nudges;
      if (await this.look()) this.wakeOne();
      else if (this.nudges === nudges) await this.sleep();
    }
  }

  private async look(): Promise<boolean> {
    const relief = setTimeout(() => this.wakeOne(), VAIN_LOOK_MS);
    try {
      return await this.task.run(this.stopping.signal);
    } catch (error) {
      if (!this.stopping.signal.aborted) this.log.error({ task: this.task.name, error }, 'a task failed; it is tried again');
      return false;
    } finally {
      clearTimeout(relief);
    }
  }

  private async sleep(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const sleeper = new AbortController();
    this.sleepers.add(sleeper);
    const waitMs = Math.min(this.task.intervalMs, this.task.nextLookMs?.() ?? Infinity);
    await pause(waitMs, undefined, { signal: sleeper.signal }).catch(() => undefined);
    this.sleepers.delete(sleeper);
  }
}
