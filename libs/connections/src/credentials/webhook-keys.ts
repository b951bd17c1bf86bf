import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SealingKeys } from './sealing-keys.js';

const KEY_TEXT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/**
 * The key in each registered notification URL: the connection's id and its HMAC-SHA256 under a derived key. Any replica checks it
 * without the database, so that a stranger's request costs no query.
 */
export class WebhookKeys {
  constructor(private readonly keys: SealingKeys) {}

  keyOf(connectionId: string): string {
    return `${connectionId}.${mac(this.keys.newest('webhook-keys'), connectionId).toString('base64url')}`;
  }

  /** The connection that the key belongs to, or null. Older keys of SECRETS_KEY hold, since Graph keeps the URL it was given. */
  verify(text: string): string | null {
    const [, connectionId, proof] = KEY_TEXT.exec(text) ?? [];
    if (connectionId === undefined || proof === undefined) return null;
    const given = Buffer.from(proof, 'base64url');
    // No early exit: the time says nothing about which key matched.
    const matches = this.keys.all('webhook-keys').map((key) => timingSafeEqual(mac(key, connectionId), given));
    return matches.includes(true) ? connectionId : null;
  }
}

function mac(key: Buffer, connectionId: string): Buffer {
  return createHmac('sha256', key).update(connectionId).digest();
}
