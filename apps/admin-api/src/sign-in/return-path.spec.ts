import { describe, expect, it } from 'vitest';
import { returnPath } from './return-path.js';

describe('where somebody goes after signing in', () => {
  it('is the page they came from', () => {
    expect(returnPath('/sync-runs/1/plan?action=deactivate')).toBe('/sync-runs/1/plan?action=deactivate');
  });

  it.each([
    undefined,
    '',
    'people',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example',
    '/.//evil.example',
    `/${'a'.repeat(2_001)}`,
  ])('is never another site: %j', (asked) => {
    expect(returnPath(asked)).toBe('/');
  });
});
