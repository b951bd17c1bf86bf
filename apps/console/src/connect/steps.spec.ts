import { describe, expect, it } from 'vitest';
import { emptyDraft } from './draft.js';
import { stepFor } from './steps.js';

const ids = { tenantId: '11111111-2222-3333-4444-555555555555', clientId: '66666666-7777-8888-9999-aaaaaaaaaaaa' };
const secret = 'x1Y8Q~abcDEF_gh.ijkLMNopQRstuVWxyz01234567';

describe('stepFor', () => {
  it('begins at the beginning', () => {
    expect(stepFor(undefined, emptyDraft, '')).toBe('start');
    expect(stepFor('nonsense', emptyDraft, '')).toBe('start');
  });

  it('leads back to the step that is open', () => {
    expect(stepFor('save', emptyDraft, '')).toBe('application');
    expect(stepFor('groups', { ...emptyDraft, ...ids }, '')).toBe('secret');
    expect(stepFor('save', { ...emptyDraft, ...ids }, secret)).toBe('groups');
  });

  it('needs no group where everybody of the tenant is to come', () => {
    expect(stepFor('save', { ...emptyDraft, ...ids, everybody: true }, secret)).toBe('save');
  });

  it('asks for the secret again after a reload, and keeps the rest', () => {
    expect(stepFor('save', { ...emptyDraft, ...ids, groups: ['Sales'] }, '')).toBe('secret');
    expect(stepFor('save', { ...emptyDraft, ...ids, groups: ['Sales'] }, secret)).toBe('save');
  });
});
