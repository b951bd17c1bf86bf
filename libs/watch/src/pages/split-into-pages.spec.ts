import { describe, expect, it } from 'vitest';
import { splitIntoPages } from './split-into-pages.js';

describe('splitIntoPages', () => {
  it('keeps the order and fills pages up to 500 items', () => {
    const items = Array.from({ length: 1001 }, (_, index) => index);
    const pages = splitIntoPages(items);
    expect(pages.map((page) => page.length)).toEqual([500, 500, 1]);
    expect(pages.flat()).toEqual(items);
  });

  it('cuts earlier where the bytes would pass 256 KiB', () => {
    const items = Array.from({ length: 10 }, () => 'x'.repeat(60_000));
    for (const page of splitIntoPages(items)) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(256 * 1024);
  });

  it('makes no page of nothing', () => {
    expect(splitIntoPages([])).toEqual([]);
  });

  it('gives an item that is too large a page of its own', () => {
    expect(splitIntoPages(['a', 'x'.repeat(50), 'b'], 500, 20).map((page) => page.length)).toEqual([1, 1, 1]);
  });
});
