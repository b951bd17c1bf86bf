import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

/** Compiled, as for benchmarks, this file stands one folder deeper, in `dist`. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/dist[/\\]$/, '');

export interface RunningProcess {
  readonly pid: number;
  /** Everything it wrote to standard output and error so far. */
  output(): string;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM to its process group, then waits; SIGKILL past the deadline. */
  stop(): Promise<void>;
}

/** Starts a built app (`dist/apps/<name>/src/main.js`) in a process group of its own, with only the given environment. */
export function startApp(name: string, env: Readonly<Record<string, string>>): RunningProcess {
  return startNode([`dist/apps/${name}/src/main.js`], env);
}

export function startNode(args: readonly string[], env: Readonly<Record<string, string>>): RunningProcess {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = new Promise<number | NodeJS.Signals>((done) => {
    child.on('close', (status, signalName) => done(status ?? signalName ?? 1));
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    signal: (name) => signalGroup(child, name),
    stop: async () => {
      signalGroup(child, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    child.kill(name);
  }
}

/** Waits until `GET <address>/health/ready` answers 200; fails with the process's output when it ends before. */
export async function untilReady(address: string, running: RunningProcess, deadlineMs = 60_000): Promise<void> {
  let ended: number | NodeJS.Signals | undefined;
  void running.ended.then((status) => (ended = status));
  await eventually(
    async () => {
      if (ended === undefined) {
        const response = await fetch(`${address}/health/ready`);
        if (response.ok) return;
        throw new Error(`${address} is not ready: ${await response.text()}\n${running.output().slice(-3_000)}`);
      }
    },
    { deadlineMs, everyMs: 100 },
  );
  if (ended !== undefined) throw new Error(`the process ended with ${ended}:\n${running.output().slice(-5_000)}`);
}
