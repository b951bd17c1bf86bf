import { randomBytes } from 'node:crypto';
import { SecretBox } from '#connections';

/** A box with fresh keys, as SECRETS_KEY would give them. */
export function testSecretBox(keys = 1): SecretBox {
  return SecretBox.fromText(Array.from({ length: keys }, () => randomBytes(32).toString('base64')).join(','));
}
