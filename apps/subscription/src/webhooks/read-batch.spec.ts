import { describe, expect, it } from 'vitest';
import { readBatch } from './read-batch.js';

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe('readBatch', () => {
  it('takes the items of a batch, whatever they are', () => {
    expect(readBatch('application/json; charset=utf-8', { value: [1, null, {}] })).toEqual([1, null, {}]);
    expect(readBatch('application/json', { value: [], extra: true })).toEqual([]);
  });

  it('refuses what is not JSON with 415', () => {
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      expect(() => readBatch(type, { value: [] })).toThrow(expect.objectContaining({ status: 415 }));
    }
  });

  it('refuses a body without a list of values with 400', () => {
    for (const body of [null, [], 'text', {}, { value: {} }, { value: null }]) {
      expect(() => readBatch('application/json', body)).toThrow(expect.objectContaining({ status: 400 }));
    }
  });

  it('refuses a body deeper than 64 levels with 400', () => {
    expect(readBatch('application/json', { value: [nested(62)] })).toHaveLength(1);
    expect(() => readBatch('application/json', { value: [nested(63)] })).toThrow(expect.objectContaining({ status: 400 }));
  });
});
