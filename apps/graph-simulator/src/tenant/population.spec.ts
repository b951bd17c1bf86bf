import { describe, expect, it } from 'vitest';
import { populationId, populationIndexOf, populationIndexOfAddress, populationUser } from './population.js';

const spec = {
  firstHandle: 100,
  count: 50_000,
  idPrefix: '11111111-2222-4333-8444-5555',
  domain: 'contoso.example',
  createdDateTime: '2026-01-01T00:00:00.000Z',
};

describe('a population', () => {
  it('gives each index an id of its own and finds it back', () => {
    const ids = new Set<string>();
    for (let index = 0; index < spec.count; index++) {
      const id = populationId(spec, index);
      ids.add(id);
      expect(populationIndexOf(spec, id)).toBe(index);
    }
    expect(ids.size).toBe(spec.count);
    expect(populationIndexOf(spec, populationId({ ...spec, count: 60_000 }, 55_000))).toBeUndefined();
    expect(populationIndexOf(spec, '11111111-2222-4333-8444-999900000001')).toBeUndefined();
  });

  it('finds a person back by the address', () => {
    const user = populationUser(spec, 4_321);
    expect(populationIndexOfAddress(spec, String(user.attributes['mail']))).toBe(4_321);
    expect(populationIndexOfAddress(spec, 'somebody.else.4421@contoso.example')).toBeUndefined();
    expect(populationIndexOfAddress(spec, 'adele.abbott.100@other.example')).toBeUndefined();
  });
});
