import { FIRST_ORGANISATION_ID, listConnections, listOrganisations, type Connection } from '#connections';
import type { Queryable } from '#database';
import { countDeadLetters } from '#messaging';
import { occurrencesOfCredential, occurrencesOfDeadLetters, occurrencesOfHeldCount, type StandingSituation } from '#notices';
import { countHeldForReview } from '#people';

const PAGE = 1_000;

/** How things stand with every connection, and with what belongs to none. */
export async function lookUpSituations(db: Queryable, now: Date): Promise<StandingSituation[]> {
  const organisations = await listOrganisations(db);
  const held = new Map((await countHeldForReview(db)).map(({ connectionId, waiting }) => [connectionId, waiting]));
  const known = new Set<string>();
  const situations: StandingSituation[] = [];
  const connections: Connection[] = [];
  for (const { id } of organisations) connections.push(...(await allConnections(db, id)));
  for (const { id } of connections) known.add(id);
  const letters = await openLetters(db, new Set(organisations.map(({ id }) => id)), known);
  for (const { id: connectionId, name: connectionName, organisationId, state, credential } of connections) {
    if (state === 'disconnected') continue;
    const about = { organisationId, connectionId, connectionName };
    situations.push({
      organisationId,
      connectionId,
      occurrences: [
        // While Entra refuses the secret, its quarantine says more than its date.
        ...(state === 'quarantined' ? [] : occurrencesOfCredential({ ...about, expiresAt: credential.expiresAt }, now)),
        ...occurrencesOfDeadLetters({ ...about, open: letters.get(connectionId) ?? 0 }, now),
        ...occurrencesOfHeldCount({ ...about, waiting: held.get(connectionId) ?? 0 }, now),
      ],
    });
  }
  for (const { id: organisationId } of organisations) {
    const open = letters.get(organisationId) ?? 0;
    const unbound = { organisationId, connectionId: null, connectionName: null, open };
    situations.push({ organisationId, connectionId: null, occurrences: occurrencesOfDeadLetters(unbound, now) });
  }
  return situations;
}

async function allConnections(db: Queryable, organisationId: string): Promise<Connection[]> {
  const connections: Connection[] = [];
  for (;;) {
    const page = await listConnections(db, organisationId, { afterId: connections.at(-1)?.id, limit: PAGE });
    connections.push(...page);
    if (page.length < PAGE) return connections;
  }
}

/** By connection, else by organisation; what names neither is the first organisation's, whose people run the installation. */
async function openLetters(
  db: Queryable,
  organisations: ReadonlySet<string>,
  connections: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const letters = new Map<string, number>();
  for (const { organisationId, connectionId, open } of await countDeadLetters(db)) {
    const owner =
      connectionId !== null && connections.has(connectionId)
        ? connectionId
        : organisationId !== null && organisations.has(organisationId)
          ? organisationId
          : FIRST_ORGANISATION_ID;
    letters.set(owner, (letters.get(owner) ?? 0) + open);
  }
  return letters;
}
