import { createServer } from 'node:net';

/** Processes that start one after the other begin a hundred ports apart: two of them must not probe the same one at once. */
let next = 20_000 + ((process.pid * 97) % 100) * 100;

/** A port that is free now, below the range that the kernel hands out by itself, so that nobody takes it before its owner listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    next = next >= 30_000 ? 20_000 : next + 1;
    if (await isFree(next)) return next;
  }
  throw new Error('no free port between 20000 and 30000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}
