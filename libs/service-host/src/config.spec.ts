import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assertWholeOidc, ConfigError, engineEnv, env, httpPort, readConfig } from './config.js';

const engines = { DATABASE_URL: 'postgres://u:p@localhost/db', KAFKA_BROKERS: 'a:9092, b:9092' };
const schema = z.object({
  ...engineEnv,
  HTTP_PORT: httpPort(3002),
  SECRETS_KEY: env.SECRETS_KEY.optional(),
  PUBLIC_URL: env.PUBLIC_URL,
  GRAPH_BASE_URL: env.GRAPH_BASE_URL,
});

describe('readConfig', () => {
  it('reads names, lists and numbers, and fills in what is documented', () => {
    expect(readConfig(schema, { ...engines, HTTP_PORT: '8080' })).toMatchObject({
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      HTTP_PORT: 8080,
      HTTP_HOST: '127.0.0.1',
      KAFKA_SSL: false,
      LOG_LEVEL: 'info',
    });
  });

  it('counts an empty variable as absent, as compose files hand them on', () => {
    expect(readConfig(schema, { ...engines, PUBLIC_URL: '', HTTP_PORT: ' ' })).toMatchObject({ HTTP_PORT: 3002 });
  });

  it('reports all faults together, each by its name (invariant 11)', () => {
    const read = () => readConfig(schema, { KAFKA_BROKERS: ',', HTTP_PORT: '99999', SECRETS_KEY: 'short' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/DATABASE_URL.*KAFKA_BROKERS.*HTTP_PORT.*SECRETS_KEY/);
  });

  it('says of a variable that is missing that it is not set, and what it must be', () => {
    expect(() => readConfig(schema, {})).toThrow(
      'DATABASE_URL: is not set; it must be a connection string such as postgres://user:password@host:5432/rollcall; KAFKA_BROKERS: is not set',
    );
  });

  it('takes http for a public address on loopback only', () => {
    expect(readConfig(schema, { ...engines, PUBLIC_URL: 'http://127.0.0.1:3001/' })).toMatchObject({
      PUBLIC_URL: 'http://127.0.0.1:3001',
    });
    expect(() => readConfig(schema, { ...engines, PUBLIC_URL: 'http://rollcall.example.com' })).toThrow(
      'PUBLIC_URL: must be https',
    );
  });

  it('takes origins without a path for another Graph server', () => {
    expect(readConfig(schema, { ...engines, GRAPH_BASE_URL: 'https://localhost:8443/' })).toMatchObject({
      GRAPH_BASE_URL: 'https://localhost:8443',
    });
    expect(() => readConfig(schema, { ...engines, GRAPH_BASE_URL: 'https://localhost:8443/v1.0' })).toThrow('must be an origin');
  });

  it('takes sealing keys of 32 bytes, newest first', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    expect(readConfig(schema, { ...engines, SECRETS_KEY: `${key},${key}` })).toMatchObject({ SECRETS_KEY: `${key},${key}` });
  });

  it('takes an identity provider whole or not at all, https except on loopback', () => {
    const oidc = { OIDC_ISSUER: 'https://login.example/t/v2.0', OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' };
    for (const whole of [{}, oidc]) expect(() => assertWholeOidc(whole)).not.toThrow();
    expect(() => assertWholeOidc({ OIDC_ISSUER: oidc.OIDC_ISSUER })).toThrow(/OIDC_CLIENT_ID.*OIDC_CLIENT_SECRET/);
    const issuer = z.object({ OIDC_ISSUER: env.OIDC_ISSUER });
    expect(readConfig(issuer, { OIDC_ISSUER: 'http://localhost:8443/t' }).OIDC_ISSUER).toBe('http://localhost:8443/t');
    expect(() => readConfig(issuer, { OIDC_ISSUER: 'http://login.example/t' })).toThrow('must be https');
  });
});
