import fc from 'fast-check';
import type { WorldStep } from './evidence-world.js';

const member = fc.nat(1);
/** Replicas and delta are behind by less than `settle` (15 minutes). */
const behind = fc.integer({ min: 0, max: 13 });

/** One random step; what people do and what machines do come about equally often. */
export const worldStep: fc.Arbitrary<WorldStep> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), member }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('enable' as const, 'disable' as const), member }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 20 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('delta' as const), lagMinutes: behind, replay: fc.option(fc.nat(5), { freq: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), staleMinutes: behind }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      from: fc.constantFrom('delta' as const, 'reads' as const),
      at: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), back: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('recheck' as const), staleMinutes: behind }) },
);
