import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { Simulation } from '../simulation.js';
import type { GraphCall, GraphReply, GraphRoute } from '../http/graph-call.js';
import { GraphError } from '../http/graph-error.js';
import { hasAny, permissions } from '../http/permissions.js';
import { contextOf } from '../odata/page-links.js';
import { parseResource, presentSubscription, type Subscription, type WatchedResource } from './subscription.js';
import { expirationOf, parseSubscriptionBody, parseSubscriptionPatch } from './subscription-body.js';
import type { SubscriptionStore } from './subscription-store.js';
import { validateEndpoint } from './validation-handshake.js';

const QUOTA_PER_APP = 100;

/** Told when a subscription begins or is renewed, so that lifecycle notices are timed and paused delivery goes on. */
export type SubscriptionListener = (subscription: Subscription) => void;

export function subscriptionRoutes(
  simulation: Simulation,
  store: SubscriptionStore,
  dispatcher: Dispatcher,
  onChange: SubscriptionListener,
): GraphRoute[] {
  const service = new SubscriptionService(simulation, store, dispatcher, onChange);
  const watchers = [...permissions.watchGroups, ...permissions.watchUsers];
  const common = { cost: 1, options: [] } as const;
  return [
    { ...common, method: 'GET', path: '/subscriptions', permissions: [], handle: (call) => service.list(call) },
    { ...common, method: 'POST', path: '/subscriptions', permissions: watchers, handle: (call) => service.create(call) },
    {
      ...common,
      method: 'GET',
      path: '/subscriptions/:id',
      permissions: [],
      handle: (call, { id = '' }) => service.show(call, id, 200),
    },
    {
      ...common,
      method: 'PATCH',
      path: '/subscriptions/:id',
      permissions: watchers,
      handle: (call, { id = '' }) => service.renew(call, id),
    },
    {
      ...common,
      method: 'DELETE',
      path: '/subscriptions/:id',
      permissions: [],
      handle: (call, { id = '' }) => service.remove(call, id),
    },
    {
      ...common,
      method: 'POST',
      path: '/subscriptions/:id/reauthorize',
      permissions: watchers,
      handle: (call, { id = '' }) => service.reauthorize(call, id),
    },
  ];
}

class SubscriptionService {
  constructor(
    private readonly simulation: Simulation,
    private readonly store: SubscriptionStore,
    private readonly dispatcher: Dispatcher,
    private readonly onChange: SubscriptionListener,
  ) {}

  list(call: GraphCall): GraphReply {
    const value = this.#own(call).map((subscription) => presentSubscription(subscription, { hideClientState: true }));
    return { status: 200, body: { '@odata.context': contextOf(call, 'subscriptions'), value } };
  }

  async create(call: GraphCall): Promise<GraphReply> {
    const { body, watched } = parseSubscriptionBody(call.body, this.simulation.behaviours());
    const expiresAt = expirationOf(body.expirationDateTime, this.simulation.clock.now());
    this.#requirePermission(call, watched, 'Create');
    this.#requireTarget(watched, body.resource);
    this.#refuseDuplicate(call, body.resource, body.changeType);
    if (this.#own(call).length >= QUOTA_PER_APP) {
      throw new GraphError(
        403,
        'ExtensionError',
        `Operation: Create; Exception: [Status Code: Forbidden; Reason: Maximum number of subscriptions has been reached: ${QUOTA_PER_APP} per application and tenant.]`,
      );
    }
    await this.#validate(body.notificationUrl);
    if (body.lifecycleNotificationUrl) await this.#validate(body.lifecycleNotificationUrl);
    this.#refuseDuplicate(call, body.resource, body.changeType);
    const subscription: Subscription = {
      id: randomUUID(),
      applicationId: call.caller.clientId,
      creatorId: call.caller.servicePrincipalId,
      resource: body.resource,
      changeType: body.changeType,
      notificationUrl: body.notificationUrl,
      lifecycleNotificationUrl: body.lifecycleNotificationUrl ?? null,
      clientState: body.clientState ?? null,
      latestSupportedTlsVersion: body.latestSupportedTlsVersion ?? 'v1_2',
      expiresAt,
      tokenExpiresAt: call.caller.tokenExpiresAt,
      deliveredSeq: this.simulation.tenant.journal.head,
    };
    return this.#save(call, subscription, 201);
  }

  show(call: GraphCall, id: string, status: number): GraphReply {
    return { status, body: this.#present(call, this.#require(call, id)) };
  }

  async renew(call: GraphCall, id: string): Promise<GraphReply> {
    const subscription = this.#require(call, id);
    this.#requirePermission(call, parseResource(subscription.resource), 'Update');
    const patch = parseSubscriptionPatch(call.body, this.simulation.behaviours());
    const expiresAt =
      patch.expirationDateTime === undefined
        ? subscription.expiresAt
        : expirationOf(patch.expirationDateTime, this.simulation.clock.now());
    const notificationUrl = patch.notificationUrl ?? subscription.notificationUrl;
    if (notificationUrl !== subscription.notificationUrl || this.simulation.behaviours().validateOnRenew)
      await this.#validate(notificationUrl);
    const current = this.#require(call, id);
    return this.#save(call, { ...current, expiresAt, notificationUrl, tokenExpiresAt: call.caller.tokenExpiresAt }, 200);
  }

  async reauthorize(call: GraphCall, id: string): Promise<GraphReply> {
    const subscription = this.#require(call, id);
    this.#requirePermission(call, parseResource(subscription.resource), 'Reauthorize');
    if (this.simulation.behaviours().validateOnRenew) await this.#validate(subscription.notificationUrl);
    this.#save(call, { ...this.#require(call, id), tokenExpiresAt: call.caller.tokenExpiresAt }, 200);
    return { status: 204 };
  }

  remove(call: GraphCall, id: string): GraphReply {
    this.store.remove(this.#require(call, id).id);
    return { status: 204 };
  }

  #own(call: GraphCall): Subscription[] {
    return this.store.live().filter((subscription) => subscription.applicationId === call.caller.clientId);
  }

  #require(call: GraphCall, id: string): Subscription {
    const subscription = this.store.find(id);
    if (subscription?.applicationId === call.caller.clientId) return subscription;
    throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
  }

  #save(call: GraphCall, subscription: Subscription, status: number): GraphReply {
    this.store.save(subscription);
    this.onChange(subscription);
    return { status, body: this.#present(call, subscription) };
  }

  #present(call: GraphCall, subscription: Subscription): object {
    const context = contextOf(call, 'subscriptions') + '/$entity';
    return { '@odata.context': context, ...presentSubscription(subscription, { hideClientState: false }) };
  }

  #validate(url: string): Promise<void> {
    return validateEndpoint(url, this.dispatcher);
  }

  #requirePermission(call: GraphCall, watched: WatchedResource | undefined, operation: string): void {
    const wanted = watched?.collection === 'users' ? permissions.watchUsers : permissions.watchGroups;
    if (hasAny(call.caller.roles, wanted)) return;
    throw new GraphError(
      403,
      'ExtensionError',
      `Operation: ${operation}; Exception: [Status Code: Forbidden; Reason: Insufficient privileges to complete the operation.]`,
    );
  }

  #requireTarget({ id, collection }: WatchedResource, resource: string): void {
    if (id === undefined) return;
    const target = this.simulation.tenant.now().byId(id);
    if (target?.state === 'active' && `${target.kind}s` === collection) return;
    throw new GraphError(
      404,
      'ExtensionError',
      `Operation: Create; Exception: [Status Code: NotFound; Reason: Resource '${resource}' does not exist.]`,
    );
  }

  #refuseDuplicate(call: GraphCall, resource: string, changeType: string): void {
    const same = this.#own(call).find(
      (each) => normal(each.resource) === normal(resource) && typesOf(each) === typesOf({ changeType }),
    );
    if (same) throw new GraphError(409, 'Conflict', `Subscription Id <${same.id}> already exists for the requested combination`);
  }
}

function normal(resource: string): string {
  return resource.replace(/^\//, '').toLowerCase();
}

function typesOf({ changeType }: { readonly changeType: string }): string {
  return changeType
    .toLowerCase()
    .split(',')
    .map((type) => type.trim())
    .sort()
    .join(',');
}
