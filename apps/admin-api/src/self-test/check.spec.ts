import { describe, expect, it } from 'vitest';
import { failed } from './check.js';

describe('a failed check', () => {
  it.each(['SECRET_INVALID', 'CONSENT_MISSING', 'GROUP_NOT_FOUND'] as const)(
    'is conclusive where the tenant refuses: %s',
    (code) => {
      expect(failed('token', code, '').conclusive).toBe(true);
    },
  );

  it.each(['THROTTLED', 'GRAPH_UNAVAILABLE', 'TOKEN_REFUSED'] as const)('says nothing where nobody answered: %s', (code) => {
    expect(failed('token', code, '').conclusive).toBe(false);
  });
});
