import type { Simulation } from '../simulation.js';
import type { JournalEntry } from '../tenant/change.js';
import { parseResource, type Subscription, type WatchedResource } from '../subscriptions/subscription.js';

const MEMBERS_PER_ITEM = 200;

/** An element of the `value` list of a notification POST. */
export type NotificationItem = Readonly<Record<string, unknown>>;

/** An item on its way, with what is needed to deliver it. */
export interface PendingNotification {
  readonly subscriptionId: string;
  readonly url: string;
  readonly item: NotificationItem;
  /** Seq up to which the subscription is served once this has arrived. */
  readonly seq: number;
}

interface Happening {
  readonly handle: number;
  changeType: 'updated' | 'deleted';
  seq: number;
  at: number;
  readonly members: { readonly handle: number; readonly isMember: boolean }[];
}

/** What these changes mean for a subscription: one notification for each object touched. */
export function notificationsFor(
  simulation: Simulation,
  subscription: Subscription,
  entries: Iterable<JournalEntry>,
): PendingNotification[] {
  const watched = parseResource(subscription.resource);
  if (!watched || watched.relation === 'owners') return [];
  const types = subscription.changeType
    .toLowerCase()
    .split(',')
    .map((type) => type.trim());
  return [...happenings(simulation, watched, entries)].flatMap((happening) => {
    const object = simulation.tenant.directory.get(happening.handle);
    if (!object || !types.includes(happening.changeType)) return [];
    return inParts(happening).map((part) => {
      const item = {
        changeType: happening.changeType,
        clientState: subscription.clientState,
        resource: resourceName(simulation, watched, object.id, part),
        resourceData: resourceData(simulation, watched, object.id, part),
        subscriptionExpirationDateTime: offsetTime(subscription.expiresAt),
        subscriptionId: subscription.id,
        tenantId: simulation.tenantId,
      };
      return { subscriptionId: subscription.id, url: subscription.notificationUrl, item, seq: happening.seq };
    });
  });
}

/** A write that moves many members is told in several items. */
function inParts(happening: Happening): Happening[] {
  const parts: Happening[] = [];
  for (let at = 0; at === 0 || at < happening.members.length; at += MEMBERS_PER_ITEM) {
    parts.push({ ...happening, members: happening.members.slice(at, at + MEMBERS_PER_ITEM) });
  }
  return parts;
}

/** Graph writes instants in notifications with `+00:00`, unlike anywhere else. */
export function offsetTime(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+00:00');
}

function happenings(simulation: Simulation, watched: WatchedResource, entries: Iterable<JournalEntry>): Iterable<Happening> {
  const found = new Map<number, Happening>();
  const wantedKind = watched.collection === 'users' ? 'user' : 'group';
  const touch = (handle: number, entry: JournalEntry): Happening | undefined => {
    const object = simulation.tenant.directory.get(handle);
    if (object?.kind !== wantedKind || (watched.id !== undefined && object.id !== watched.id)) return undefined;
    const happening = found.get(handle) ?? { handle, changeType: 'updated', seq: 0, at: entry.at, members: [] };
    happening.seq = entry.seq;
    found.set(handle, happening);
    return happening;
  };
  const tellDeleted = simulation.behaviours().softDeleteInGroupsDelta;
  for (const entry of entries) {
    const { change } = entry;
    switch (change.kind) {
      case 'created':
      case 'updated':
        if (watched.relation === undefined) touch(change.handle, entry);
        break;
      case 'state': {
        const happening = watched.relation === undefined ? touch(change.handle, entry) : undefined;
        if (happening && change.to === 'purged') happening.changeType = 'deleted';
        break;
      }
      case 'memberAdded':
      case 'memberRemoved':
        if (change.byDeletion !== true || tellDeleted)
          touch(change.group, entry)?.members.push({ handle: change.member, isMember: change.kind === 'memberAdded' });
        break;
      case 'membersAdded':
        touch(change.group, entry);
        break;
      case 'populated':
        break;
    }
  }
  return found.values();
}

function resourceName(simulation: Simulation, watched: WatchedResource, id: string, happening: Happening): string {
  const name = `${watched.collection === 'users' ? 'Users' : 'Groups'}/${id}`;
  const member = happening.members.at(-1);
  if (watched.relation !== 'members' || simulation.behaviours().membersResource === 'group' || !member) return name;
  return `${name}/members/${simulation.tenant.directory.get(member.handle)?.id ?? ''}`;
}

/** `members@delta` here is unlike that of a delta query: no type, and `@removed` is a plain string. */
function resourceData(simulation: Simulation, watched: WatchedResource, id: string, happening: Happening): object {
  const behaviours = simulation.behaviours();
  const type = watched.collection === 'users' ? 'User' : 'Group';
  const members = happening.members.map(({ handle, isMember }) => {
    const memberId = simulation.tenant.directory.get(handle)?.id;
    return isMember ? { id: memberId } : { id: memberId, '@removed': 'deleted' };
  });
  return {
    '@odata.type': `#Microsoft.Graph.${type}`,
    '@odata.id': `${type}s/${id}`,
    id,
    organizationId: simulation.tenantId,
    ...(behaviours.eventTimeInNotifications
      ? { eventTime: new Date(happening.at).toISOString(), sequenceNumber: happening.seq }
      : {}),
    ...(behaviours.membersDeltaInNotifications && members.length > 0 ? { 'members@delta': members } : {}),
  };
}
