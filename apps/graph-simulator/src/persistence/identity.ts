import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeCertificates } from '../tls/certificate.js';
import { newSigningJwk } from '../tokens/signing-key.js';

const identitySchema = z.object({
  tenantId: z.string(),
  /** Base64, 32 bytes: seals page and delta tokens. */
  sealingKey: z.string(),
  signingJwk: z.record(z.string(), z.unknown()),
  caPem: z.string(),
  certificatePem: z.string(),
  keyPem: z.string(),
  graphPort: z.number().nullable(),
  pagePort: z.number().nullable(),
});

/** What makes the tenant the same one after a restart, beside its history. */
export type Identity = z.output<typeof identitySchema>;

const IDENTITY_FILE = 'identity.json';
const CA_FILE = 'ca.pem';

export async function newIdentity(now: Date): Promise<Identity> {
  return {
    tenantId: randomUUID(),
    sealingKey: randomBytes(32).toString('base64'),
    signingJwk: { ...(await newSigningJwk()) },
    ...(await makeCertificates(now, randomBytes(8).toString('hex'))),
    graphPort: null,
    pagePort: null,
  };
}

/** The identity kept in the folder, or a new one that is kept there from now on. The folder is made when missing. */
export async function loadIdentity(dataDir: string, now: Date): Promise<Identity> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, IDENTITY_FILE);
  if (existsSync(file)) return identitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const identity = await newIdentity(now);
  saveIdentity(dataDir, identity);
  return identity;
}

/** Replaces the file in one step, so a kill leaves the old or the new one. */
export function saveIdentity(dataDir: string, identity: Identity): void {
  const file = join(dataDir, IDENTITY_FILE);
  writeFileSync(`${file}.new`, JSON.stringify(identity), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  writeFileSync(join(dataDir, CA_FILE), identity.caPem);
}

export function caFileOf(dataDir: string): string {
  return join(dataDir, CA_FILE);
}
