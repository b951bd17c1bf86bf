import { hkdfSync } from 'node:crypto';
import { SecretsKeyError } from '../errors.js';

const KEY_BYTES = 32;

/** What a derived key is for; a key of one purpose proves and opens nothing of another. */
export type KeyPurpose = 'credentials' | 'webhook-keys' | 'sessions' | 'sign-in' | 'key-id';

/** The master keys of SECRETS_KEY, newest first. They are never used themselves, only what HKDF-SHA256 derives per purpose. */
export class SealingKeys {
  private readonly derived = new Map<Buffer, ReadonlyMap<KeyPurpose, Buffer>>();

  private constructor(private readonly masters: readonly [Buffer, ...Buffer[]]) {}

  /** Takes comma-separated base64 texts of 32 bytes each. Throws `SecretsKeyError`, which does not repeat the text. */
  static fromText(text: string): SealingKeys {
    const [newest, ...older] = text.split(',').map(toMaster);
    if (newest === undefined) throw new SecretsKeyError('SECRETS_KEY is empty');
    return new SealingKeys([newest, ...older]);
  }

  /** The keys of a purpose, newest first. */
  all(purpose: KeyPurpose): Buffer[] {
    return this.masters.map((master) => this.derive(master, purpose));
  }

  newest(purpose: KeyPurpose): Buffer {
    return this.derive(this.masters[0], purpose);
  }

  /** Names the keys inside sealed texts without telling anything about them: 8 hex digits each, newest first. */
  ids(): string[] {
    return this.all('key-id').map((key) => key.subarray(0, 4).toString('hex'));
  }

  private derive(master: Buffer, purpose: KeyPurpose): Buffer {
    const known = this.derived.get(master)?.get(purpose);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `rollcall/${purpose}/v1`, KEY_BYTES));
    this.derived.set(master, new Map(this.derived.get(master)).set(purpose, key));
    return key;
  }
}

function toMaster(text: string, index: number): Buffer {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length === KEY_BYTES) return bytes;
  throw new SecretsKeyError(`key ${index + 1} of SECRETS_KEY is not the base64 of ${KEY_BYTES} bytes`);
}
