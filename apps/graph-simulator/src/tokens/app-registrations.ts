import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { RecordLog } from '../persistence/record-log.js';

export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** An application as the tenant knows it: the registration and its service principal in one. */
export interface AppRegistration {
  readonly clientId: string;
  readonly displayName: string;
  readonly servicePrincipalId: string;
  readonly secrets: readonly ClientSecret[];
  /** Names of the application permissions that an administrator has consented to. */
  readonly roles: readonly string[];
  readonly isDisabled: boolean;
  /** False: never consented, or consent withdrawn altogether; Graph then does not know the app. */
  readonly hasServicePrincipal: boolean;
}

export interface AppRecord {
  readonly t: 'app';
  readonly app: AppRegistration;
}

export type SecretCheck = 'valid' | 'expired' | 'wrong';

const TWO_YEARS_MS = 2 * 365 * 86_400_000;

/** The applications of the tenant. Every change is in the log before the method returns. */
export class AppRegistrations {
  readonly #log: RecordLog;
  readonly #now: () => number;
  readonly #apps = new Map<string, AppRegistration>();

  constructor(log: RecordLog, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  replay(record: AppRecord): void {
    this.#apps.set(record.app.clientId, record.app);
  }

  list(): AppRegistration[] {
    return [...this.#apps.values()];
  }

  find(clientId: string): AppRegistration | undefined {
    return this.#apps.get(clientId.toLowerCase());
  }

  create(displayName: string, roles: readonly string[]): AppRegistration {
    const ids = { clientId: randomUUID(), servicePrincipalId: randomUUID() };
    return this.#save({ ...ids, displayName, roles, secrets: [this.#newSecret()], isDisabled: false, hasServicePrincipal: true });
  }

  setConsent(clientId: string, roles: readonly string[]): AppRegistration {
    return this.#save({ ...this.require(clientId), roles, hasServicePrincipal: true });
  }

  /** The enterprise application is removed: tokens still come, Graph no longer knows the caller. */
  withdrawConsent(clientId: string): AppRegistration {
    return this.#save({ ...this.require(clientId), roles: [], hasServicePrincipal: false });
  }

  setDisabled(clientId: string, isDisabled: boolean): AppRegistration {
    return this.#save({ ...this.require(clientId), isDisabled });
  }

  /** All secrets of the app have expired a second ago. */
  expireSecrets(clientId: string): AppRegistration {
    const app = this.require(clientId);
    const expiresAt = new Date(this.#now() - 1_000).toISOString();
    return this.#save({ ...app, secrets: app.secrets.map((secret) => ({ ...secret, expiresAt })) });
  }

  /** A new secret; the old ones stay valid unless `keepOld` is false. */
  addSecret(clientId: string, options: { readonly keepOld: boolean }): ClientSecret {
    const app = this.require(clientId);
    const secret = this.#newSecret();
    this.#save({ ...app, secrets: options.keepOld ? [...app.secrets, secret] : [secret] });
    return secret;
  }

  checkSecret(app: AppRegistration, value: string): SecretCheck {
    const secret = app.secrets.find((each) => isSame(each.value, value));
    if (!secret) return 'wrong';
    return Date.parse(secret.expiresAt) > this.#now() ? 'valid' : 'expired';
  }

  require(clientId: string): AppRegistration {
    const app = this.find(clientId);
    if (!app) throw new RangeError(`There is no application '${clientId}' in the simulated tenant.`);
    return app;
  }

  #newSecret(): ClientSecret {
    const value = `sim8Q~${randomBytes(26).toString('base64url')}`;
    return { id: randomUUID(), value, expiresAt: new Date(this.#now() + TWO_YEARS_MS).toISOString() };
  }

  #save(app: AppRegistration): AppRegistration {
    this.#log.append({ t: 'app', app } satisfies AppRecord);
    this.#apps.set(app.clientId, app);
    return app;
  }
}

function isSame(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
