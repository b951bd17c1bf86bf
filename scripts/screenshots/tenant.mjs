import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A simulated tenant in a process of its own, as a real one would be: what it tells of itself, and how to stop it. */
export async function startTenant(root) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-tenant-'));
  const child = spawn(process.execPath, ['dist/apps/graph-simulator/src/main.js'], {
    cwd: root,
    env: { ...process.env, SIMULATOR_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.on('exit', done));
  const facts = await new Promise((found, failed) => {
    let output = '';
    child.stdout.on('data', (piece) => {
      output += piece;
      const line = output.split('\n').find((each) => each.startsWith('{"graphBaseUrl"'));
      if (line !== undefined) found(JSON.parse(line));
    });
    child.on('exit', () => failed(new Error(`the tenant ended:\n${output}`)));
  });
  return {
    facts,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A product that reaches this tenant as it would reach a real one, where people sign in with their own accounts too. */
export function environmentOf({ graphBaseUrl, authorityHost, caFile, tenantId, clientId, clientSecret }) {
  return {
    DEMO_TENANT: 'off',
    GRAPH_BASE_URL: graphBaseUrl,
    ENTRA_AUTHORITY_HOST: authorityHost,
    NODE_EXTRA_CA_CERTS: caFile,
    OIDC_ISSUER: `${authorityHost}/${tenantId}/v2.0`,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  };
}
