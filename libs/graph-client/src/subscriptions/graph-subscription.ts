/** A subscription as Graph keeps it (sheet 4.1). */
export interface GraphSubscription {
  readonly id: string;
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  /** `null` in lists: Graph does not give it back, so the caller must have stored it. */
  readonly clientState: string | null;
  readonly expiresAt: Date;
  readonly applicationId: string | null;
}

export interface NewSubscription {
  /** Such as `/groups`, `/groups/{id}` or `/users`. */
  readonly resource: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string;
  readonly expiresAt: Date;
  /** At most 128 characters; one per subscription, random. */
  readonly clientState: string;
}

/** The longest life of a subscription on users or groups (sheet 4.7); ask for a few minutes less. */
export const MAX_SUBSCRIPTION_MINUTES = 41_760;

/** Errors beside the general ones: see each operation. */
export interface GraphSubscriptions {
  /**
   * Graph calls both addresses before it answers (sheet 4.2). Throws SubscriptionTaken (409), WebhookUnreachable, QuotaExceeded,
   * ConsentMissing. Not repeated by itself: a lost answer may hide a created subscription.
   */
  create(subscription: NewSubscription): Promise<GraphSubscription>;
  /** Extends and reauthorises. Throws SubscriptionNotFound when it has ended: create a new one. */
  renew(id: string, expiresAt: Date, options?: { notificationUrl?: string }): Promise<GraphSubscription>;
  /** Answers `reauthorizationRequired`; does not extend. Throws SubscriptionNotFound. */
  reauthorize(id: string): Promise<void>;
  /** False: it was gone already. */
  remove(id: string): Promise<boolean>;
  /** All subscriptions of this application in the tenant. */
  list(): Promise<GraphSubscription[]>;
  get(id: string): Promise<GraphSubscription | null>;
}
