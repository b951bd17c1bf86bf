import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '#contracts';
import { TaskLoop, type Task } from './task-loop.js';

const NEVER_MS = 3_600_000;

/** A task with a pile of work, whose looks are counted. */
class PiledWork implements Task {
  readonly name = 'piled-work';
  readonly channels = ['pile'];
  looks = 0;
  pile = 0;
  /** A look, vain or not, ends when this is open. */
  gate: Promise<void> = Promise.resolve();

  constructor(
    readonly width: number,
    readonly intervalMs = NEVER_MS,
    readonly nextLookMs = () => NEVER_MS,
  ) {}

  async run(): Promise<boolean> {
    this.looks += 1;
    const hasFound = this.pile > 0;
    if (hasFound) this.pile -= 1;
    await this.gate;
    return hasFound;
  }
}

function start(task: PiledWork): () => void {
  let nudge: () => void = () => undefined;
  const listener = {
    on: (_channel: string, listen: (payload: string) => void) => {
      nudge = () => listen('');
      return () => undefined;
    },
  };
  const loop = new TaskLoop(task, listener, silentLog);
  loop.onApplicationBootstrap();
  onTestFinished(() => loop.onModuleDestroy());
  return () => nudge();
}

describe('TaskLoop', () => {
  it('looks once per nudge, however many lanes it has', async () => {
    const task = new PiledWork(4);
    const nudge = start(task);
    await expect.poll(() => task.looks).toBe(4);
    nudge();
    await expect.poll(() => task.looks).toBe(5);
    nudge();
    await expect.poll(() => task.looks).toBe(6);
  });

  it('brings every lane to work where one nudge tells of much', async () => {
    const task = new PiledWork(3);
    const nudge = start(task);
    await expect.poll(() => task.looks).toBe(3);
    let open: () => void = () => undefined;
    task.gate = new Promise((resolve) => (open = resolve));
    task.pile = 10;
    nudge();
    await expect.poll(() => task.pile).toBe(7);
    open();
    await expect.poll(() => task.pile).toBe(0);
  });

  it('does not lose a nudge that comes while every lane is looking', async () => {
    const task = new PiledWork(1);
    let open: () => void = () => undefined;
    task.gate = new Promise((resolve) => (open = resolve));
    const nudge = start(task);
    await expect.poll(() => task.looks).toBe(1);
    task.pile = 1;
    nudge();
    open();
    await expect.poll(() => task.pile).toBe(0);
  });

  it('looks sooner where the task asks for it', async () => {
    const task = new PiledWork(1, NEVER_MS, () => 5);
    start(task);
    await expect.poll(() => task.looks).toBeGreaterThan(3);
  });
});
