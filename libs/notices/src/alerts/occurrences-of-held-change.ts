import type { CloudEvent, membershipHeldV1 } from '#contracts';
import type { Names } from './names.js';
import type { Occurrence } from './occurrence.js';
import { occurrencesOfHeldCount } from './standing-causes.js';

/** A change that the guard holds is told by the guard's own alert; one that waits for review is told here, and counted later. */
export function occurrencesOfHeldChange(
  event: CloudEvent<typeof membershipHeldV1>,
  { connection }: Pick<Names, 'connection'>,
): Occurrence[] {
  const { organisationId, connectionId, after } = event.data;
  const code = after?.['code'];
  if (code !== 'REVIEW') return [];
  return occurrencesOfHeldCount({ organisationId, connectionId, connectionName: connection, waiting: 1 }, new Date(event.time));
}
