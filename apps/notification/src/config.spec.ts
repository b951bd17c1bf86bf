import { describe, expect, it } from 'vitest';
import { readNotificationConfig } from './config.js';

const needed = {
  DATABASE_URL: 'postgres://user:password@127.0.0.1:5432/rollcall',
  KAFKA_BROKERS: '127.0.0.1:9092',
  SECRETS_KEY: Buffer.alloc(32).toString('base64'),
};

describe('the configuration of notification', () => {
  it('needs the engines and the sealing keys; mail is off unless given', () => {
    const config = readNotificationConfig(needed);
    expect(config).toMatchObject({ HTTP_PORT: 3004, NOTICES_TO_LOOPBACK: false });
    expect(config.SMTP_URL).toBeUndefined();
  });

  it('names all faults together', () => {
    const wrong = { ...needed, SECRETS_KEY: 'short', SMTP_URL: 'http://mail.example.com', CONSOLE_URL: 'https://a.example/path' };
    expect(() => readNotificationConfig(wrong)).toThrow(/SECRETS_KEY.*SMTP_URL.*CONSOLE_URL/s);
  });
});
