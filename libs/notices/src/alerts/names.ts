import { EVERYBODY } from '#contracts';
import type { NoticeContent } from '../content.js';

/** How things are called, for whoever reads a notice: an id says nothing to a person. */
export interface Names {
  readonly connection: string;
  /** Of an actor as events name it, such as `person:<id>`; null where nobody knows the person any more. */
  readonly actor: (actor: string) => string | null;
}

const EVERYBODY_NAME = 'Everybody in the tenant';
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

interface NamedById {
  readonly id: string;
  readonly displayName: string | null;
}

/** Names actors by who they are: people by name, everything else by its kind. Pure. */
export function actorNames(members: readonly NamedById[]): Names['actor'] {
  const names = new Map(members.map(({ id, displayName }) => [id, displayName]));
  return (actor) => {
    const [, kind, id = ''] = /^(\w+):(.*)$/.exec(actor) ?? [];
    if (kind === 'token') return 'the API token';
    return kind === 'person' ? (names.get(id) ?? null) : null;
  };
}

/**
 * Puts the name of each group, or of the connection, where its id stands in a text, also inside what a problem says. An id that nobody
 * knows stays: it is the only way to find what is meant. Pure.
 */
export function namer(known: readonly NamedById[]): (text: string) => string {
  const names = new Map(known.map(({ id, displayName }) => [id.toLowerCase(), displayName]));
  const nameOf = (id: string) => (id === EVERYBODY ? EVERYBODY_NAME : (names.get(id.toLowerCase()) ?? id));
  return (text) => text.replace(ID, nameOf);
}

/** The same for all that a notice says; its links stay as they are. Pure. */
export function nameIn(content: NoticeContent, named: ReturnType<typeof namer>): NoticeContent {
  return {
    title: named(content.title),
    sentences: content.sentences.map(named),
    facts: content.facts.map((fact) => ({ ...fact, value: named(fact.value) })),
    links: content.links,
  };
}
