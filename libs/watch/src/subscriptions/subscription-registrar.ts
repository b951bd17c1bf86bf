import { randomBytes, randomUUID } from 'node:crypto';
import { isCodedError } from '#contracts';
import { MAX_SUBSCRIPTION_MINUTES, SubscriptionTakenError, type GraphClient, type GraphSubscription } from '#graph-client';
import { hashClientState } from '../intake/judge-item.js';
import type { WatchContext } from '../watch-context.js';
import type { WantedSubscription } from './desired-subscriptions.js';
import { isOurs, notificationAddresses, rowIdOf } from './notification-addresses.js';
import { deleteRows, noteIntention, noteSubscription, subscriptionRows, type SubscriptionOwner } from './subscription-store.js';

/** A few hours below Graph's maximum: clocks differ. */
const LIFE_MINUTES = MAX_SUBSCRIPTION_MINUTES - 760;
/** 256 random bits, as 64 of the 128 characters that Graph allows. */
const CLIENT_STATE_BYTES = 32;

export function subscriptionEnd(now: Date): Date {
  return new Date(now.getTime() + LIFE_MINUTES * 60_000);
}

/** Makes the subscriptions of one connection. */
export class SubscriptionRegistrar {
  constructor(
    private readonly context: WatchContext,
    private readonly graph: GraphClient,
    private readonly owner: SubscriptionOwner,
    private readonly address: { readonly publicUrl: string; readonly key: string },
  ) {}

  /** The row with its client state first, then the POST. Throws what Graph refused; the row is kept where its answer is unknown. */
  async create(wanted: WantedSubscription): Promise<void> {
    try {
      await this.post(wanted);
    } catch (error) {
      if (!(error instanceof SubscriptionTakenError)) throw error;
      const standing = await this.findStanding(wanted, error);
      if (standing === null || !isOurs(standing.notificationUrl, this.address.publicUrl)) throw error;
      if (await this.adopt(standing)) return;
      // Ours, but nobody knows its client state: nothing it says could be believed.
      await this.graph.subscriptions.remove(standing.id);
      await this.post(wanted);
    }
  }

  private async post(wanted: WantedSubscription): Promise<void> {
    const { db, clock } = this.context;
    const id = randomUUID();
    const clientState = randomBytes(CLIENT_STATE_BYTES).toString('hex');
    const addresses = notificationAddresses(this.address.publicUrl, this.address.key, id);
    await noteIntention(db, this.owner, wanted, { id, ...addresses, clientStateHash: hashClientState(clientState) });
    const made = await this.graph.subscriptions
      .create({ resource: wanted.resource, ...addresses, clientState, expiresAt: subscriptionEnd(clock()) })
      .catch(async (error: unknown) => {
        if (isRefusal(error)) await deleteRows(db, [{ id }]);
        throw error;
      });
    await db.transaction((tx) => noteSubscription(tx, { ...wanted, id, connectionId: this.owner.connectionId }, made));
  }

  private async findStanding(
    wanted: WantedSubscription,
    { subscriptionId }: SubscriptionTakenError,
  ): Promise<GraphSubscription | null> {
    const listed = await this.graph.subscriptions.list();
    const byId = listed.find(({ id }) => id === subscriptionId);
    return byId ?? listed.find(({ resource }) => sameResource(resource, wanted.resource)) ?? null;
  }

  /** True where one of our rows was written for it, so its client state is known. */
  private async adopt(subscription: GraphSubscription): Promise<boolean> {
    const rows = await subscriptionRows(this.context.db, this.owner.connectionId);
    const row = rows.find(({ id, graphId }) => graphId === subscription.id || id === rowIdOf(subscription.notificationUrl));
    if (row === undefined) return false;
    await this.context.db.transaction((tx) =>
      noteSubscription(tx, { ...row, connectionId: this.owner.connectionId }, subscription),
    );
    return true;
  }
}

/** After one of these there may be a subscription all the same; every other error says that there is none. */
const UNCERTAIN_CODES = new Set(['GRAPH_UNAVAILABLE', 'GRAPH_ANSWER_INVALID']);

function isRefusal(error: unknown): boolean {
  return isCodedError(error) && !UNCERTAIN_CODES.has(error.code);
}

function sameResource(one: string, other: string): boolean {
  const plain = (resource: string) => resource.replace(/^\/+/, '').toLowerCase();
  return plain(one) === plain(other);
}
