import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RecordLog } from '../persistence/record-log.js';

/** Template id of the directory role Global Administrator, as it stands in the claim `wids`. */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
/** What `wids` names for whoever has no directory role. */
export const ORDINARY_USER = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

export const newAdministratorSchema = z.strictObject({
  displayName: z.string().min(1),
  /** The part before the @ of the user principal name. */
  alias: z.string().regex(/^[a-z0-9._-]+$/i),
  /** Values of the signed-into application's own roles; none: the claim is left out, as in Entra. */
  roles: z.array(z.string().min(1)).default([]),
  /** Template ids of directory roles. */
  wids: z.array(z.guid()).default([ORDINARY_USER]),
});
export type NewAdministrator = z.input<typeof newAdministratorSchema>;

/** Somebody who signs in to applications of the tenant. They are kept apart from the directory's people, whose number tests rely on. */
export interface Administrator {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly roles: readonly string[];
  readonly wids: readonly string[];
}

export interface AdministratorRecord {
  readonly t: 'administrator';
  readonly administrator: Administrator;
}

const DEFAULTS: readonly NewAdministrator[] = [
  { displayName: 'Gloria Global', alias: 'gloria', roles: ['superAdmin'], wids: [GLOBAL_ADMINISTRATOR] },
  { displayName: 'Simon Super', alias: 'simon', roles: ['superAdmin'] },
  { displayName: 'Ines Itadmin', alias: 'ines', roles: ['itAdmin'] },
  { displayName: 'Viktor Viewer', alias: 'viktor', roles: ['viewer'] },
  { displayName: 'Nora Norole', alias: 'nora' },
];

/** The tenant's administrators, with the claims that their tokens carry. Every change is in the log before the method returns. */
export class Administrators {
  readonly #known = new Map<string, Administrator>();

  constructor(
    private readonly log: RecordLog,
    private readonly domain: string,
  ) {}

  replay({ administrator }: AdministratorRecord): void {
    this.#known.set(administrator.id, administrator);
  }

  /** The first start of a tenant: one for each right, one without any, one Global Administrator. */
  seed(): void {
    if (this.#known.size === 0) for (const each of DEFAULTS) this.add(each);
  }

  list(): Administrator[] {
    return [...this.#known.values()];
  }

  /** By id or user principal name. */
  find(name: string): Administrator | undefined {
    return this.list().find(({ id, userPrincipalName }) => id === name || userPrincipalName === name.toLowerCase());
  }

  add(input: NewAdministrator): Administrator {
    const { alias, ...rest } = newAdministratorSchema.parse(input);
    return this.#save({ ...rest, id: randomUUID(), userPrincipalName: `${alias.toLowerCase()}@${this.domain}` });
  }

  /** Takes effect with the next sign-in, as in Entra. */
  setClaims(name: string, claims: { readonly roles?: readonly string[]; readonly wids?: readonly string[] }): Administrator {
    const known = this.find(name);
    if (known === undefined) throw new RangeError(`There is no administrator '${name}' in the simulated tenant.`);
    return this.#save({ ...known, ...claims });
  }

  #save(administrator: Administrator): Administrator {
    this.log.append({ t: 'administrator', administrator } satisfies AdministratorRecord);
    this.#known.set(administrator.id, administrator);
    return administrator;
  }
}
