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
}

/** Runs a task from boot to shutdown. A nudge may be lost and an engine may be away, so the timer looks anyway. */
export class TaskLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly lanes: Promise<void>[] = [];
  private readonly unregister: (() => void)[] = [];
  private nudge = new AbortController();

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
    this.wake();
    await Promise.all(this.lanes);
  }

  private wake(): void {
    const nudged = this.nudge;
    this.nudge = new AbortController();
    nudged.abort();
  }

  private async live(): Promise<void> {
    const isStopping = () => this.stopping.signal.aborted;
    while (!isStopping()) {
      const nudge = this.nudge.signal;
      const hasMore = await this.task.run(this.stopping.signal).catch((error: unknown) => {
        if (!isStopping()) this.log.error({ task: this.task.name, error }, 'a task failed; it is tried again');
        return false;
      });
      if (!hasMore && !isStopping()) {
        await pause(this.task.intervalMs, undefined, { signal: nudge }).catch(() => undefined);
      }
    }
  }
}
