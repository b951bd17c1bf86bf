import { describe, expect, it } from 'vitest';
import { isTooDeep } from './body-depth.js';

const nested = (levels: number, inmost: string) =>
  JSON.parse('{"a":['.repeat(levels / 2) + inmost + ']}'.repeat(levels / 2)) as unknown;

describe('the depth of a body', () => {
  it('may be 64 levels, the outermost object being the first', () => {
    expect(isTooDeep('text')).toBe(false);
    expect(isTooDeep(nested(64, '1'))).toBe(false);
    expect(isTooDeep(nested(64, '{}'))).toBe(true);
  });

  it('costs no stack', () => {
    expect(isTooDeep(nested(200_000, '1'))).toBe(true);
  });
});
