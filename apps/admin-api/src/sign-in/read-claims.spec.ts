import { describe, expect, it } from 'vitest';
import { GLOBAL_ADMINISTRATOR, readClaims } from './read-claims.js';

const claims = {
  iss: 'https://login.example/t/v2.0',
  sub: 'pairwise',
  name: 'Ada',
  preferred_username: 'ada@contoso.example',
  tid: 't',
};

describe('the claims of an id token', () => {
  it('give the strongest of our roles, and none for roles of somebody else', () => {
    expect(readClaims({ ...claims, roles: ['viewer', 'superAdmin', 'itAdmin'] }).role).toBe('superAdmin');
    expect(readClaims({ ...claims, roles: ['viewer', 'Other.Role'] }).role).toBe('viewer');
    for (const roles of [undefined, [], ['SUPERADMIN'], ['admin']]) expect(readClaims({ ...claims, roles }).role).toBeNull();
  });

  it('name the tenant only of a Global Administrator', () => {
    expect(readClaims({ ...claims, wids: [GLOBAL_ADMINISTRATOR] }).globalAdministratorOf).toBe('t');
    expect(readClaims({ ...claims, wids: ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'] }).globalAdministratorOf).toBeNull();
    expect(readClaims({ ...claims, tid: undefined, wids: [GLOBAL_ADMINISTRATOR] }).globalAdministratorOf).toBeNull();
  });

  it('take the address from email, else from a user principal name that is one', () => {
    expect(readClaims({ ...claims, email: 'a@b.example' }).identity.email).toBe('a@b.example');
    expect(readClaims(claims).identity).toMatchObject({ subject: 'pairwise', displayName: 'Ada', email: 'ada@contoso.example' });
    // A name may be cut in the middle of a character.
    expect(readClaims({ ...claims, name: 'Ada \ud83d' }).identity.displayName).toBe('Ada �');
    expect(readClaims({ ...claims, preferred_username: '+4412' }).identity.email).toBeNull();
  });

  it('are refused in another shape', () => {
    expect(() => readClaims({ ...claims, roles: 'superAdmin' })).toThrow();
    expect(() => readClaims({ ...claims, sub: undefined })).toThrow();
  });
});
