import { createHmac } from 'node:crypto';

export interface SignedWebhook {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** The headers of Standard Webhooks (standardwebhooks.com, version 1): HMAC-SHA256 over id, Unix seconds and the exact body. */
export function signWebhook(secret: string, id: string, at: Date, body: string): SignedWebhook {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
