import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealBrokenError } from '../errors.js';
import { SealingKeys } from './sealing-keys.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed text belongs to. It is authenticated: moved to another connection or field, the text does not open. */
export interface SealBinding {
  readonly connectionId: string;
  readonly field: string;
}

export interface SealedText {
  readonly keyId: string;
  /** `v1.<key id>.<base64url of nonce, ciphertext and tag>` */
  readonly sealed: string;
}

/** Seals secrets at rest with AES-256-GCM. Every key of SECRETS_KEY opens, only the newest seals. */
export class SecretBox {
  constructor(readonly keys: SealingKeys) {}

  /** Throws `SecretsKeyError` where the text is not a list of keys. */
  static fromText(secretsKey: string): SecretBox {
    return new SecretBox(SealingKeys.fromText(secretsKey));
  }

  get newestKeyId(): string {
    return this.keys.ids()[0] ?? '';
  }

  seal(plain: string, binding: SealBinding): SealedText {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keys.newest('credentials'), nonce);
    cipher.setAAD(bindingBytes(binding));
    const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    const keyId = this.newestKeyId;
    return { keyId, sealed: `v1.${keyId}.${body.toString('base64url')}` };
  }

  /** Throws `SealBrokenError` where no key opens the text for this binding. */
  open(sealed: string, binding: SealBinding): string {
    const [version, keyId, body] = sealed.split('.');
    const key = this.keyById(keyId);
    if (version !== 'v1' || body === undefined || key === undefined) throw new SealBrokenError(binding.field);
    const bytes = Buffer.from(body, 'base64url');
    // The decoder passes over characters and bits that mean nothing; the text that was sealed has none.
    const isWhole = bytes.length >= NONCE_BYTES + TAG_BYTES && bytes.toString('base64url') === body;
    if (!isWhole) throw new SealBrokenError(binding.field);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(bindingBytes(binding));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SealBrokenError(binding.field, { cause });
    }
  }

  private keyById(keyId: string | undefined): Buffer | undefined {
    const index = this.keys.ids().indexOf(keyId ?? '');
    return index < 0 ? undefined : this.keys.all('credentials')[index];
  }
}

function bindingBytes({ connectionId, field }: SealBinding): Buffer {
  return Buffer.from(JSON.stringify([connectionId, field]), 'utf8');
}
