import { describe, expect, it } from 'vitest';
import type { Check } from '../api/types.js';
import { emptyDraft, type Draft } from './draft.js';
import { obstacleOf } from './obstacle.js';
import { stepFor } from './steps.js';

const ids = { tenantId: '11111111-2222-3333-4444-555555555555', clientId: '66666666-7777-8888-9999-aaaaaaaaaaaa' };
const aSecret = 'x1Y8Q~abcDEF_gh.ijkLMNopQRstuVWxyz01234567';

interface Given extends Partial<Draft> {
  readonly secret?: string;
  readonly checks?: readonly Check[];
}
const entries = ({ secret = aSecret, checks = [], ...draft }: Given = {}) => ({
  draft: { ...emptyDraft, ...ids, ...draft },
  secret,
  checks,
});
const failing = (name: string, code: string, conclusive = true): Check => ({
  name,
  ok: false,
  conclusive,
  code,
  message: '',
  remedy: null,
  facts: {},
});

describe('stepFor', () => {
  it('begins at the beginning', () => {
    const nothing = { draft: emptyDraft, secret: '', checks: [] };
    expect(stepFor(undefined, nothing)).toBe('start');
    expect(stepFor('nonsense', nothing)).toBe('start');
    expect(stepFor('save', nothing)).toBe('application');
  });

  it('leads back to the step that is open', () => {
    expect(stepFor('groups', entries({ secret: '' }))).toBe('secret');
    expect(stepFor('save', entries())).toBe('groups');
  });

  it('needs no group where everybody of the tenant is to come', () => {
    expect(stepFor('save', entries({ everybody: true }))).toBe('save');
  });

  it('asks for the secret again after a reload, and keeps the rest', () => {
    expect(stepFor('save', entries({ groups: ['Sales'], secret: '' }))).toBe('secret');
    expect(stepFor('save', entries({ groups: ['Sales'] }))).toBe('save');
  });

  it('leads back to what was refused, wherever it was found out', () => {
    expect(stepFor('save', entries({ everybody: true, checks: [failing('token', 'SECRET_EXPIRED')] }))).toBe('secret');
  });
});

describe('obstacleOf', () => {
  it('says what is missing, and not once more what stands at the field already', () => {
    expect(obstacleOf('secret', entries({ secret: '' }))?.sentence).toBe('Paste the Value of the client secret.');
    expect(obstacleOf('secret', entries({ secret: ids.clientId }))?.sentence).toMatch(/^Mend what is named at the field/);
    expect(obstacleOf('application', entries({ clientId: '' }))?.sentence).toBe('Paste the Application (client) ID.');
    expect(obstacleOf('application', entries({ clientId: 'rollcall' }))?.sentence).toMatch(/^Mend what is named at the field/);
  });

  it.each([
    ['secret', failing('token', 'SECRET_INVALID'), null],
    ['permissions', failing('permission:users', 'MEMBERS_UNREADABLE'), 'Go on without it'],
    ['groups', failing('group:Sales', 'GROUP_NOT_FOUND'), null],
    ['groups', failing('group:Sales', 'MEMBERS_UNREADABLE'), 'Go on all the same'],
  ] as const)('of %s is what was refused there', (step, check, passing) => {
    const entered = entries({ groups: ['Sales'], checks: [check] });
    expect(obstacleOf(step, entered)).toMatchObject({ passing });
    expect(stepFor('save', entered)).toBe(step);
  });

  it('is no check that could not be made: nobody is locked out because Graph is away', () => {
    const checks = ['token', 'permission:users', 'group:Sales'].map((name) => failing(name, 'GRAPH_UNAVAILABLE', false));
    expect(stepFor('save', entries({ groups: ['Sales'], checks }))).toBe('save');
  });

  it('is no missing consent once somebody goes on without it, but an unknown group still', () => {
    const checks = [failing('permission:groups', 'CONSENT_MISSING'), failing('group:Sales', 'CONSENT_MISSING')];
    const entered = { groups: ['Sales'], withoutConsent: true };
    expect(stepFor('save', entries({ ...entered, checks }))).toBe('save');
    expect(stepFor('save', entries({ ...entered, checks: [failing('group:Sales', 'GROUP_NOT_FOUND')] }))).toBe('groups');
  });

  it('is what was typed and not added: it would be left behind', () => {
    expect(obstacleOf('groups', entries({ groups: ['Sales'], groupText: 'Support' }))?.sentence).toContain('Add what stands');
  });
});
