import { expect, test } from 'vitest';
import { RequestSlots } from './request-slots.js';

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test('low priority waits until nobody else does', async () => {
  const slots = new RequestSlots(1, 1_000);
  const order: string[] = [];
  const { open, opened } = gate();
  const run = (name: string, low: boolean) => slots.run(name, low, undefined, async () => void order.push(name));
  const all = [slots.run('first', false, undefined, () => opened), run('low 1', true), run('low 2', true), run('normal', false)];
  open();
  await Promise.all(all);
  expect(order).toEqual(['normal', 'low 1', 'low 2']);
});

test('a failure gives the place back', async () => {
  const slots = new RequestSlots(1, 1_000);
  await expect(slots.run('it', false, undefined, () => Promise.reject(new Error('oops')))).rejects.toThrow('oops');
  expect(await slots.run('it', false, undefined, async () => 'in')).toBe('in');
});

test('who is aborted while waiting leaves the queue', async () => {
  const slots = new RequestSlots(1, 1_000);
  const { open, opened } = gate();
  const first = slots.run('first', false, undefined, () => opened);
  const controller = new AbortController();
  const waiting = slots.run('it', false, controller.signal, async () => 'in');
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  open();
  await first;
  expect(await slots.run('it', false, undefined, async () => 'in')).toBe('in');
});

test('a queue that is too long turns people away at once', async () => {
  const slots = new RequestSlots(1, 10_000);
  const { open, opened } = gate();
  const waiting = Array.from({ length: 257 }, () => slots.run('it', false, undefined, () => opened));
  await expect(slots.run('it', false, undefined, async () => 'in')).rejects.toMatchObject({ code: 'THROTTLED' });
  open();
  await Promise.all(waiting);
});
