import { describe, expect, it } from 'vitest';
import { Membership } from './membership.js';

const everybody = (): boolean => true;

describe('a membership', () => {
  it('goes on where a page ended, whoever joined or left in between', () => {
    const members = new Membership();
    for (let handle = 1; handle <= 6; handle++) members.add(handle);
    const first = members.page(0, 3, everybody);
    expect(first.handles).toEqual([1, 2, 3]);
    members.remove(2);
    members.remove(4);
    members.add(7);
    expect(members.page(first.next ?? 0, 3, everybody)).toEqual({ handles: [5, 6, 7], next: null });
  });

  it('keeps its order and its cursors when it tidies up after many leavers', () => {
    const members = new Membership();
    for (let handle = 1; handle <= 5_000; handle++) members.add(handle);
    const { next } = members.page(0, 4_990, everybody);
    for (let handle = 1; handle <= 4_900; handle++) members.remove(handle);
    expect(members.size).toBe(100);
    expect(members.page(next ?? 0, 999, everybody).handles).toEqual([4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999, 5000]);
    members.add(1);
    expect([...members.handles()].at(-1)).toBe(1);
  });
});
