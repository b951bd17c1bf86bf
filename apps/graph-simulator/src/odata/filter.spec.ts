import { describe, expect, it } from 'vitest';
import type { DirectoryObject } from '../tenant/directory-object.js';
import { checkFilter } from './filter-rules.js';
import { parseFilter } from './filter.js';
import { matchFilter } from './match-filter.js';

const user: DirectoryObject = {
  handle: 1,
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  kind: 'user',
  state: 'active',
  attributes: {
    displayName: "Pat O'Neil",
    mail: null,
    accountEnabled: true,
    proxyAddresses: ['SMTP:pat@x.example', 'smtp:p@x.example'],
    createdDateTime: '2026-01-02T00:00:00Z',
  },
};

describe('a $filter', () => {
  it.each([
    ["displayName eq 'pat o''neil'", true],
    ["startsWith(displayName,'PAT')", true],
    ["endsWith(displayName,'neil')", true],
    ['mail eq null', true],
    ["mail ne 'x'", true],
    ['accountEnabled eq false', false],
    ["not startsWith(displayName,'Pat')", false],
    ["id in ('x','AAAAAAAA-0000-4000-8000-000000000001')", true],
    ["proxyAddresses/any(p:p eq 'smtp:p@x.example')", true],
    ["proxyAddresses/any(p:startsWith(p,'sip:'))", false],
    ['createdDateTime ge 2026-01-01T00:00:00Z and createdDateTime lt 2026-02-01T00:00:00Z', true],
    ["displayName eq 'x' or (accountEnabled eq true and mail eq null)", true],
  ])('reads %s', (text, expected) => {
    expect(matchFilter(parseFilter(text), user)).toBe(expected);
  });

  it.each([
    'displayName',
    'displayName eq',
    "displayName like 'x'",
    "startsWith(displayName 'x')",
    '(mail eq null',
    'id in ()',
    'a eq &',
  ])('refuses %s', (text) => {
    expect(() => parseFilter(text)).toThrow(/Invalid filter clause/);
  });

  it('knows what needs an advanced query, and what is not indexed', () => {
    expect(() => checkFilter(parseFilter("mail ne 'x'"), 'user', false)).toThrow('Unsupported Query.');
    expect(() => checkFilter(parseFilter("mail ne 'x'"), 'user', true)).not.toThrow();
    expect(() => checkFilter(parseFilter("officeLocation eq 'x'"), 'user', false)).toThrow('not indexed');
    expect(() => checkFilter(parseFilter("visibility2 eq 'x'"), 'group', true)).toThrow('Could not find a property');
  });
});
