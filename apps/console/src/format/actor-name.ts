interface Self {
  readonly id: string;
  readonly displayName: string;
}

/** The name of whoever did something, from `person:<id>`, `token:<id>` or `system:<name>`; the reader's own is known, of others the name where an answer gave it, else the id. Pure. */
export function actorName(actor: string, me: Self, knownName: string | null = null): string {
  const separator = actor.indexOf(':');
  const [kind, id] = [actor.slice(0, separator), actor.slice(separator + 1)];
  if (kind === 'token') return 'API token';
  if (kind === 'system') return `Rollcall (${id})`;
  return id === me.id ? `${me.displayName} (you)` : (knownName ?? `admin ${id}`);
}
