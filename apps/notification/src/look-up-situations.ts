import { FIRST_ORGANISATION_ID, listOrganisations, type KnownConnections } from '#connections';
import type { Queryable } from '#database';
import { countDeadLetters } from '#messaging';
import { occurrencesOfCredential, occurrencesOfDeadLetters, occurrencesOfHeldCount, type StandingSituation } from '#notices';
import { countHeldForReview } from '#people';

/** How things stand with every connection, and with what belongs to none. */
export async function lookUpSituations(db: Queryable, known: KnownConnections, now: Date): Promise<StandingSituation[]> {
  const organisations = await listOrganisations(db);
  const held = new Map((await countHeldForReview(db)).map(({ connectionId, waiting }) => [connectionId, waiting]));
  const connections = await known.all(db);
  const organisationIds = new Set(organisations.map(({ id }) => id));
  const letters = await openLetters(db, organisationIds, new Set(connections.map(({ id }) => id)));
  const situations: StandingSituation[] = [];
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
