import { randomUUID } from 'node:crypto';
import {
  SubscriptionNotFoundError,
  SubscriptionTakenError,
  type GraphError,
  type GraphSubscription,
  type GraphSubscriptions,
  type NewSubscription,
} from '#graph-client';

/** Graph's subscriptions in memory: one per resource, client states never given back, as the real list does. */
export class FakeSubscriptions implements GraphSubscriptions {
  readonly held = new Map<string, GraphSubscription>();
  readonly reauthorized: string[] = [];
  readonly renewed: string[] = [];
  /** Thrown by `create` instead of an answer, by resource. */
  readonly refusals = new Map<string, GraphError>();
  /** Runs after Graph made the subscription and before the caller hears of it. */
  afterCreate: ((subscription: GraphSubscription) => Promise<void> | void) | undefined;

  async create(input: NewSubscription): Promise<GraphSubscription> {
    const refusal = this.refusals.get(input.resource);
    if (refusal !== undefined) throw refusal;
    const taken = [...this.held.values()].find(({ resource }) => resource === input.resource);
    if (taken !== undefined)
      throw new SubscriptionTakenError('taken', { operation: 'subscriptions.create', status: 409 }, taken.id);
    const subscription = { ...input, id: randomUUID(), changeType: 'updated,deleted', applicationId: null };
    this.held.set(subscription.id, subscription);
    await this.afterCreate?.(subscription);
    return subscription;
  }

  async renew(id: string, expiresAt: Date): Promise<GraphSubscription> {
    const renewed = { ...this.require(id), expiresAt };
    this.held.set(id, renewed);
    this.renewed.push(id);
    return renewed;
  }

  async reauthorize(id: string): Promise<void> {
    this.require(id);
    this.reauthorized.push(id);
  }

  async remove(id: string): Promise<boolean> {
    return this.held.delete(id);
  }

  async list(): Promise<GraphSubscription[]> {
    return [...this.held.values()].map((subscription) => ({ ...subscription, clientState: null }));
  }

  async get(id: string): Promise<GraphSubscription | null> {
    return this.held.get(id) ?? null;
  }

  private require(id: string): GraphSubscription {
    const subscription = this.held.get(id);
    if (subscription === undefined) throw new SubscriptionNotFoundError('gone', { operation: 'subscriptions', status: 404 });
    return subscription;
  }
}
