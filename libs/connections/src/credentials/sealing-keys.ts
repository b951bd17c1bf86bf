import { hkdfSync } from 'node:crypto';
import { SecretsKeyError } from '../errors.js';

const KEY_BYTES = 32;

/** What a derived key is for; a key of one purpose proves and opens nothing of another. */
export type KeyPurpose = 'credentials' | 'webhook-keys' | 'sessions' | 'key-id';

/** The master keys of SECRETS_KEY, newest first. They are never used themselves, only what HKDF-SHA256 derives per purpose. */
export class SealingKeys {
  private readonly derived = new Map<string, Buffer>();

  private constructor(private readonly masters: readonly Buffer[]) {}

  /** Takes comma-separated base64 texts of 32 bytes each. Throws `SecretsKeyError`, which does not repeat the text. */
  static fromText(text: string): SealingKeys {
    const parts = text.split(',').map((part) => part.trim());
    const masters = parts.map((part, index) => {
      const bytes = Buffer.from(part, 'base64');
      if (bytes.length !== KEY_BYTES)
        throw new SecretsKeyError(`key ${index + 1} of SECRETS_KEY is not the base64 of ${KEY_BYTES} bytes`);
      return bytes;
    });
    return new SealingKeys(masters);
  }

  /** The keys of a purpose, newest first. */
  all(purpose: KeyPurpose): Buffer[] {
    return this.masters.map((_, index) => this.derive(index, purpose));
  }

  newest(purpose: KeyPurpose): Buffer {
    return this.derive(0, purpose);
  }

  /** Names the key inside sealed texts without telling anything about it: 8 hex digits. */
  idOf(index: number): string {
    return this.derive(index, 'key-id').subarray(0, 4).toString('hex');
  }

  get count(): number {
    return this.masters.length;
  }

  private derive(index: number, purpose: KeyPurpose): Buffer {
    const name = `${index}:${purpose}`;
    const known = this.derived.get(name);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', this.masters[index]!, Buffer.alloc(0), `rollcall/${purpose}/v1`, KEY_BYTES));
    this.derived.set(name, key);
    return key;
  }
}
