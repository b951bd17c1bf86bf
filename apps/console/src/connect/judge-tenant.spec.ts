import { describe, expect, it } from 'vitest';
import { judgeTenant, type Lookup } from './judge-tenant.js';

const one = '11111111-2222-3333-4444-555555555555';
const other = '66666666-7777-8888-9999-aaaaaaaaaaaa';
const unknown: Lookup = { outcome: 'unknown' };
const none: Lookup = { outcome: 'none' };
const found = (tenantId: string): Lookup => ({ outcome: 'found', tenantId });

describe('judgeTenant', () => {
  it('takes an id or a verified domain that Entra knows', () => {
    const usable = { kind: 'usable', tenantId: one, isConfirmed: true };
    expect(judgeTenant(one, other, found(one), unknown)).toEqual(usable);
    expect(judgeTenant('contoso.com', other, found(one), unknown)).toEqual(usable);
  });

  it('calls swapped ids swapped', () => {
    expect(judgeTenant(other, one, none, found(one))).toEqual({ kind: 'swapped' });
    expect(judgeTenant(other, one, none, none)).toMatchObject({ kind: 'faulty' });
  });

  it('lets an id pass, but no domain, while Entra does not answer', () => {
    expect(judgeTenant(one, other, unknown, unknown)).toEqual({ kind: 'usable', tenantId: one, isConfirmed: false });
    expect(judgeTenant('contoso.com', other, unknown, unknown)).toEqual({ kind: 'open' });
  });

  it('names what is neither an id nor a domain, and an id that was pasted twice', () => {
    expect(judgeTenant('contoso', other, unknown, unknown)).toMatchObject({ kind: 'faulty' });
    expect(judgeTenant(one, one, unknown, unknown)).toMatchObject({ kind: 'faulty' });
    expect(judgeTenant('', other, unknown, unknown)).toEqual({ kind: 'open' });
  });
});
