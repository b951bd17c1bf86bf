import { z } from 'zod';
import { ObjectNotFoundError, SubscriptionNotFoundError } from '../errors/graph-errors.js';
import { readObject } from '../paging/list-page.js';
import { readAll } from '../paging/read-pages.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import type { OperationName } from '../transport/operation-words.js';
import { segment, type GraphSender } from '../transport/graph-request.js';
import type { GraphSubscription, GraphSubscriptions, NewSubscription } from './graph-subscription.js';

/** Users and groups know only these; `created` arrives as `updated` (Graph sheet 4.4). */
const CHANGE_TYPE = 'updated,deleted';

const subscriptionSchema = z.object({
  id: z.string().min(1),
  resource: z.string(),
  changeType: z.string().default(CHANGE_TYPE),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullish(),
  clientState: z.string().nullish(),
  expirationDateTime: z.iso.datetime({ offset: true }),
  applicationId: z.string().nullish(),
});

/** Graph sheet 4.1 to 4.3. */
export class SubscriptionRequests implements GraphSubscriptions {
  constructor(private readonly sender: GraphSender) {}

  async create(subscription: NewSubscription): Promise<GraphSubscription> {
    const operation: GraphOperation = {
      name: 'subscription.create',
      kind: 'subscriptionCreate',
      permission: permissionFor(subscription.resource),
      object: subscription.resource,
    };
    const { expiresAt, ...fields } = subscription;
    const body = { ...fields, changeType: CHANGE_TYPE, expirationDateTime: expiresAt.toISOString() };
    const answer = await this.sender.send({ operation, method: 'POST', address: '/subscriptions', body });
    return toSubscription(readObject(answer.body, subscriptionSchema, operation.name));
  }

  async renew(id: string, expiresAt: Date, options: { notificationUrl?: string } = {}): Promise<GraphSubscription> {
    const operation = aboutOne('subscription.renew', id);
    const body = { expirationDateTime: expiresAt.toISOString(), ...options };
    const answer = await this.sender.send({ operation, method: 'PATCH', address: one(id), body, repeatable: true });
    return toSubscription(readObject(answer.body, subscriptionSchema, operation.name));
  }

  async reauthorize(id: string): Promise<void> {
    const operation = aboutOne('subscription.reauthorize', id);
    await this.sender.send({ operation, method: 'POST', address: `${one(id)}/reauthorize`, repeatable: true });
  }

  async remove(id: string): Promise<boolean> {
    try {
      await this.sender.send({
        operation: aboutOne('subscription.remove', id),
        method: 'DELETE',
        address: one(id),
        repeatable: true,
      });
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  async list(): Promise<GraphSubscription[]> {
    const operation: GraphOperation = { name: 'subscriptions.list', kind: 'list', permission: null };
    return (await readAll(this.sender, { operation, address: '/subscriptions' }, subscriptionSchema)).map(toSubscription);
  }

  async get(id: string): Promise<GraphSubscription | null> {
    const operation = aboutOne('subscription.read', id);
    try {
      const { body } = await this.sender.send({ operation, address: one(id) });
      return toSubscription(readObject(body, subscriptionSchema, operation.name));
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }
}

function one(id: string): string {
  return `/subscriptions/${segment(id)}`;
}

function aboutOne(name: OperationName, id: string): GraphOperation {
  return { name, kind: 'subscription', permission: 'Group.Read.All', object: id };
}

/** Graph sheet 2.8: reading may be allowed with less than subscribing. */
function permissionFor(resource: string): string {
  return /^\/?users\b/i.test(resource) ? 'User.Read.All' : 'Group.Read.All';
}

function isGone(error: unknown): boolean {
  return error instanceof SubscriptionNotFoundError || error instanceof ObjectNotFoundError;
}

function toSubscription(raw: z.infer<typeof subscriptionSchema>): GraphSubscription {
  const { id, resource, changeType, notificationUrl } = raw;
  return {
    id,
    resource,
    changeType,
    notificationUrl,
    lifecycleNotificationUrl: raw.lifecycleNotificationUrl ?? null,
    clientState: raw.clientState ?? null,
    expiresAt: new Date(raw.expirationDateTime),
    applicationId: raw.applicationId ?? null,
  };
}
