import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SealingKeys } from './sealing-keys.js';
import { WebhookKeys } from './webhook-keys.js';

const key = () => randomBytes(32).toString('base64');
const connectionId = '6f1c9c1e-0000-4000-8000-000000000001';

describe('WebhookKeys', () => {
  it('finds the connection of its own key, without a database', () => {
    const keys = new WebhookKeys(SealingKeys.fromText(key()));
    expect(keys.verify(keys.keyOf(connectionId))).toBe(connectionId);
    expect(encodeURIComponent(keys.keyOf(connectionId))).toBe(keys.keyOf(connectionId));
  });

  it('goes on knowing the keys that it gave before SECRETS_KEY was rotated', () => {
    const [older, newer] = [key(), key()];
    const given = new WebhookKeys(SealingKeys.fromText(older)).keyOf(connectionId);
    expect(new WebhookKeys(SealingKeys.fromText(`${newer},${older}`)).verify(given)).toBe(connectionId);
    expect(new WebhookKeys(SealingKeys.fromText(newer)).verify(given)).toBeNull();
  });

  it('refuses the proof of one connection for another one (invariant 9), and anything that is no key', () => {
    const keys = new WebhookKeys(SealingKeys.fromText(key()));
    const [, proof] = keys.keyOf(connectionId).split('.');
    const other = connectionId.replace(/1$/, '2');
    for (const text of [
      `${other}.${proof}`,
      connectionId,
      `${connectionId}.`,
      `${connectionId}.${'A'.repeat(43)}`,
      '',
      'x'.repeat(10_000),
    ]) {
      expect(keys.verify(text)).toBeNull();
    }
  });
});
