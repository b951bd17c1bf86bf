import { describe, expect, it } from 'vitest';
import { checkId, checkIdPair, checkSecret, splitGroupEntries } from './check-entries.js';

const one = '11111111-2222-3333-4444-555555555555';
const other = '66666666-7777-8888-9999-aaaaaaaaaaaa';

describe('checkSecret', () => {
  it('calls a GUID the Secret ID, before any request', () => {
    expect(checkSecret(` ${one} `)).toContain('Secret ID, not the Value');
  });

  it('takes what Entra makes', () => {
    expect(checkSecret('x1Y8Q~abcDEF_gh.ijkLMNopQRstuVWxyz01234567')).toBeNull();
  });

  it('knows the dots of the portal', () => {
    expect(checkSecret('••••••••')).toContain('dots');
  });
});

describe('checkId', () => {
  it('names the id that is meant', () => {
    expect(checkId('contoso', 'Application (client) ID')).toContain('Application (client) ID');
    expect(checkId(one, 'x')).toBeNull();
  });
});

describe('checkIdPair', () => {
  it('finds the same id pasted twice', () => {
    expect(checkIdPair(one, one.toUpperCase())).toContain('same');
    expect(checkIdPair(one, other)).toBeNull();
  });
});

describe('splitGroupEntries', () => {
  it('takes ids with commas, spaces or lines, each once', () => {
    expect(splitGroupEntries(`${one}, ${other}\n${one.toUpperCase()} ${other}`)).toEqual([one, other]);
  });

  it('keeps the spaces of names', () => {
    expect(splitGroupEntries('All Staff, Sales Team')).toEqual(['All Staff', 'Sales Team']);
  });
});
