interface Self {
  readonly id: string;
  readonly displayName: string;
}

/** The name of whoever did something, from `person:<id>`, `token:<id>` or `system:<name>`; the reader's own is known, of others the id is what there is. Pure. */
export function actorName(actor: string, me: Self): string {
  const separator = actor.indexOf(':');
  const [kind, id] = [actor.slice(0, separator), actor.slice(separator + 1)];
  if (kind === 'token') return 'API token';
  if (kind === 'system') return `Rollcall (${id})`;
  return id === me.id ? `${me.displayName} (you)` : `admin ${id}`;
}
