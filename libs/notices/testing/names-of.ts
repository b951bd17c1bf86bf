import type { Names } from '#notices';

/** Names of a connection and of actors, those that nobody gave a name being unknown. */
export function namesOf(connection: string, actors: Readonly<Record<string, string>> = {}): Names {
  return { connection, actor: (actor) => actors[actor] ?? null };
}
