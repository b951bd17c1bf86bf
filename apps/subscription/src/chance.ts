import { randomInt } from 'node:crypto';

const STEPS = 2 ** 32;

/** A number in [0, 1), to spread retries and looks. */
export function chance(): number {
  return randomInt(STEPS) / STEPS;
}
