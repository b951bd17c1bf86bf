interface Self {
  readonly id: string;
  readonly displayName: string;
}

interface Named {
  readonly id: string;
  readonly displayName: string | null;
}

/** How the bootstrap super admin's token is named where no kind stands before it. */
const TOKEN = 'ADMIN_TOKEN';

/**
 * The name of whoever did something, from `person:<id>`, `token:<id>`, `system:<name>` or a bare id; the reader's own is known, of
 * others the name where an answer gave it, else the id. Pure.
 */
export function actorName(actor: string, me: Self, knownName?: string | null): string {
  const [, kind = 'person', id = actor] = /^(\w+):(.*)$/.exec(actor) ?? [];
  if (kind === 'token' || id === TOKEN) return 'API token';
  if (kind === 'system') return `Rollcall (${id})`;
  return id === me.id ? `${me.displayName} (you)` : (knownName ?? `admin ${id}`);
}

/** The same where an answer brings the names of the people that it mentions. Pure. */
export function actorAmong(actor: string, me: Self, named: readonly Named[] = []): string {
  return actorName(actor, me, named.find(({ id }) => actor === `person:${id}`)?.displayName ?? null);
}
