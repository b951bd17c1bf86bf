import { randomBytes } from 'node:crypto';
import type { StandaloneConfig } from './config.js';
import type { DataFolder } from './data-folder.js';

export interface KeptSecrets {
  /** Sealing keys as text, see `SECRETS_KEY`. */
  readonly secretsKey: string;
  readonly adminToken: string;
}

/** The secrets that the environment names, else those that the data folder keeps; made at the first start. */
export async function keptSecrets(folder: DataFolder, config: StandaloneConfig): Promise<KeptSecrets> {
  return {
    secretsKey: config.SECRETS_KEY ?? (await folder.keptSecret('secrets-key', () => randomBytes(32).toString('base64'))),
    adminToken: config.ADMIN_TOKEN ?? (await folder.keptSecret('admin-token', () => randomBytes(32).toString('base64url'))),
  };
}
