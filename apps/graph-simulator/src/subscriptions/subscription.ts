/** A subscription as the service keeps it. Instants in milliseconds of the simulated clock. */
export interface Subscription {
  readonly id: string;
  readonly applicationId: string;
  readonly creatorId: string;
  readonly resource: string;
  /** As it was asked for: `updated,deleted`. */
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly latestSupportedTlsVersion: string;
  readonly expiresAt: number;
  /** When the access token that it was made or renewed with runs out. */
  readonly tokenExpiresAt: number;
  /** Everything up to this seq has been delivered, or need not be. */
  readonly deliveredSeq: number;
}

export interface WatchedResource {
  readonly collection: 'groups' | 'users';
  readonly id: string | undefined;
  readonly relation: 'members' | 'owners' | undefined;
}

const RESOURCE = /^\/?(groups|users)(?:\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/(members|owners))?)?$/i;

/** Undefined for a path that the directory cannot watch. */
export function parseResource(resource: string): WatchedResource | undefined {
  const [, collection, id, relation] = RESOURCE.exec(resource) ?? [];
  if (collection === undefined || (relation !== undefined && collection.toLowerCase() === 'users')) return undefined;
  return {
    collection: collection.toLowerCase() === 'users' ? 'users' : 'groups',
    id: id?.toLowerCase(),
    relation: relation === undefined ? undefined : relation.toLowerCase() === 'members' ? 'members' : 'owners',
  };
}

/** The subscription as Graph shows it. The list hides `clientState`. */
export function presentSubscription(
  subscription: Subscription,
  options: { readonly hideClientState: boolean },
): Record<string, unknown> {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: subscription.changeType,
    clientState: options.hideClientState ? null : subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: new Date(subscription.expiresAt).toISOString(),
    creatorId: subscription.creatorId,
    includeResourceData: null,
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
