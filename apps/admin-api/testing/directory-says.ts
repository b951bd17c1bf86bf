import { randomUUID } from 'node:crypto';
import { FIRST_ORGANISATION_ID, readConnectionForDecisions } from '#connections';
import { buildEvent, membershipsChangedV1, silentLog, usersChangedV1, type UserAttributes } from '#contracts';
import { PageApplier } from '#people';
import type { AdminApiServices } from '../src/admin-api-services.js';

export interface SaidPerson {
  readonly id: string;
  readonly attributes?: UserAttributes;
  /** Left out: added to the group. */
  readonly change?: 'added' | 'removed';
}

let readNo = 0;

/** What live sync would publish of a group, taken at once as provisioning does: memberships, then who they are. */
export async function directorySays(
  { db, clock }: AdminApiServices,
  { connectionId, groupId }: { readonly connectionId: string; readonly groupId: string },
  people: readonly SaidPerson[],
): Promise<void> {
  const nothing = async () => undefined;
  const context = { connectionOf: readConnectionForDecisions, onContradiction: nothing, onGroupNamed: nothing };
  const applier = new PageApplier({ db, clock, log: silentLog, settleMs: 900_000, context });
  const at = clock().toISOString();
  const times = { noticedAt: at, readStartedAt: at, readAt: at };
  const organisationId = FIRST_ORGANISATION_ID;
  const header = { organisationId, connectionId, page: 0, origin: 'delta' as const, times };
  const identity = { source: '/test', key: connectionId, time: clock() };
  const items = people.map(({ id, change = 'added' }) => ({ memberId: id, memberType: 'user' as const, change }));
  const members = { ...header, readNo: (readNo += 1), groupId, items };
  const users = {
    ...header,
    readNo: (readNo += 1),
    users: people.map(({ id, attributes }) => ({ id, state: 'present' as const, attributes: attributes ?? attributesOf(id) })),
  };
  await applier.applyMemberships(buildEvent(membershipsChangedV1, { ...identity, id: randomUUID() }, members), clock());
  await applier.applyUsers(buildEvent(usersChangedV1, { ...identity, id: randomUUID() }, users), clock());
}

function attributesOf(id: string): UserAttributes {
  const mail = `${id}@contoso.example`;
  return { displayName: `Person ${id.slice(0, 4)}`, mail, userPrincipalName: mail, accountEnabled: true };
}
