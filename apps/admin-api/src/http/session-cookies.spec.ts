import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { testSecretBox } from '#connections/testing';
import type { AdminApiServices } from '../admin-api-services.js';
import { SessionCookies } from './session-cookies.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const session = { token: 'the-token', expiresAt: new Date(NOW.getTime() + 3_600_000) };

function cookies(consoleUrl: string | null): SessionCookies {
  return new SessionCookies({ secretBox: testSecretBox(), clock: () => NOW, consoleUrl } as unknown as AdminApiServices);
}

function request(hostname: string, cookie?: string, protocol = 'http'): FastifyRequest {
  return { hostname, protocol, headers: { cookie } } as unknown as FastifyRequest;
}

function written(by: SessionCookies, from: FastifyRequest): string {
  let header = '';
  by.write(from, { header: (_name: string, value: string) => (header = value) } as unknown as FastifyReply, session);
  return header;
}

describe('the session cookie', () => {
  it('is secure and bound to the host where the console is public by https, although TLS ends at a proxy', () => {
    const ours = cookies('https://rollcall.example');
    const header = written(ours, request('rollcall.example'));
    expect(header).toMatch(/^__Host-rollcall_session=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure$/);
    expect(ours.read(request('rollcall.example', header.split(';')[0]))).toBe('the-token');
  });

  it('does not take a cookie without the prefix there, which a neighbouring host could have planted', () => {
    const planted = written(cookies(null), request('127.0.0.1')).split(';')[0];
    expect(cookies('https://rollcall.example').read(request('rollcall.example', planted))).toBeNull();
  });

  it('works without TLS on loopback, also where the public address is https', () => {
    for (const consoleUrl of [null, 'https://rollcall.example']) {
      const header = written(cookies(consoleUrl), request('127.0.0.1'));
      expect(header).toMatch(/^rollcall_session=/);
      expect(header).not.toContain('Secure');
    }
  });

  it('is secure where the request itself came by TLS', () => {
    expect(written(cookies(null), request('rollcall.local', undefined, 'https'))).toMatch(/^__Host-.*Secure$/);
  });
});
