import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SealBrokenError, SecretsKeyError } from '../errors.js';
import { SecretBox } from './secret-box.js';

const key = () => randomBytes(32).toString('base64');
const binding = { connectionId: '6f1c9c1e-0000-4000-8000-000000000001', field: 'clientSecret' };

describe('SecretBox', () => {
  it('opens what it sealed, and never seals twice to the same text', () => {
    const box = SecretBox.fromText(key());
    const first = box.seal('s3cret~', binding);
    expect(box.open(first.sealed, binding)).toBe('s3cret~');
    expect(box.seal('s3cret~', binding).sealed).not.toBe(first.sealed);
    expect(first.sealed).not.toContain('s3cret~');
  });

  it('opens what an older key sealed, and seals with the newest', () => {
    const [older, newer] = [key(), key()];
    const { sealed, keyId } = SecretBox.fromText(older).seal('s3cret', binding);
    const rotated = SecretBox.fromText(`${newer}, ${older}`);
    expect(rotated.open(sealed, binding)).toBe('s3cret');
    expect(rotated.newestKeyId).not.toBe(keyId);
    expect(SecretBox.fromText(newer).open(rotated.seal('s3cret', binding).sealed, binding)).toBe('s3cret');
  });

  it('refuses a text that was moved to another connection or field (invariant 10)', () => {
    const box = SecretBox.fromText(key());
    const { sealed } = box.seal('s3cret', binding);
    expect(() => box.open(sealed, { ...binding, connectionId: 'another' })).toThrow(SealBrokenError);
    expect(() => box.open(sealed, { ...binding, field: 'certificate' })).toThrow(SealBrokenError);
  });

  it('refuses a text that was changed in any place, cut, or sealed by a key that is gone', () => {
    const box = SecretBox.fromText(key());
    const { sealed } = box.seal('s3cret', binding);
    const body = sealed.lastIndexOf('.') + 1;
    const flipped = Array.from({ length: sealed.length - body }, (_, n) => {
      const at = body + n;
      return `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
    });
    for (const text of [...flipped, `${sealed}=`, sealed.slice(0, 20), sealed.replace('v1', 'v2'), '', 'v1.00000000.AAAA']) {
      expect(() => box.open(text, binding)).toThrow(SealBrokenError);
    }
    expect(() => SecretBox.fromText(key()).open(sealed, binding)).toThrow(SealBrokenError);
  });

  it('names the faulty key of SECRETS_KEY without repeating it', () => {
    const short = randomBytes(16).toString('base64');
    expect(() => SecretBox.fromText(`${key()},${short}`)).toThrow(SecretsKeyError);
    expect(() => SecretBox.fromText(`${key()},${short}`)).toThrow(/^key 2 of SECRETS_KEY is not the base64 of 32 bytes$/);
  });
});
