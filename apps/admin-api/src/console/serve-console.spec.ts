import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleFiles } from './console-files.js';
import { serveConsole } from './serve-console.js';

describe('the console as admin-api serves it', () => {
  let folder: string;
  let server: FastifyInstance;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-console-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'assets', 'index-abc.js'), 'export {};');
    await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, 'index.html'), '<head><meta name="csp-nonce" content="" /></head>');
    server = fastify();
    await serveConsole(server, ConsoleFiles.open(folder)!);
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (url: string, accept = 'text/html,*/*') => server.inject({ url, headers: { accept } });

  it('answers every address of a page with the one page, under a nonce that is never the same', async () => {
    const nonces = new Set<string>();
    for (const url of ['/', '/people?q=ada', '/connections/new']) {
      const { statusCode, body, headers } = await get(url);
      expect(statusCode).toBe(200);
      const [, nonce = ''] = /content="([^"]+)"/.exec(body) ?? [];
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['cache-control']).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('leaves to others what is not a page: the API, the webhooks, what a program asks for', async () => {
    for (const url of ['/api/v1/unknown', '/webhooks/graph/unknown', '/health/unknown']) {
      expect((await get(url)).statusCode).toBe(404);
    }
    expect((await get('/people', 'application/json')).statusCode).toBe(404);
  });

  it('serves files whose names hold their hash for a year, and nothing beside them', async () => {
    const { statusCode, headers } = await get('/assets/index-abc.js', '*/*');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await get('/assets/../index.html', '*/*')).statusCode).toBe(404);
    expect((await get('/favicon.svg', '*/*')).headers['content-type']).toContain('image/svg+xml');
  });

  it('is silent where the console was not built', () => {
    expect(ConsoleFiles.open(join(folder, 'nowhere'))).toBeNull();
  });
});
