import type { Dispatcher } from 'undici';
import { deltaRoutes } from '../delta/delta-routes.js';
import { deletedItemRoutes } from '../directory-objects/deleted-item-routes.js';
import { objectRoutes } from '../directory-objects/object-routes.js';
import { groupRoutes } from '../groups/group-routes.js';
import { groupWriteRoutes } from '../groups/group-write-routes.js';
import { memberRoutes } from '../members/member-routes.js';
import { membershipRoutes } from '../members/membership-routes.js';
import type { Simulation } from '../simulation.js';
import { subscriptionRoutes, type SubscriptionListener } from '../subscriptions/subscription-routes.js';
import type { SubscriptionStore } from '../subscriptions/subscription-store.js';
import { userRoutes } from '../users/user-routes.js';
import { userWriteRoutes } from '../users/user-write-routes.js';
import type { GraphRoute } from './graph-call.js';

/** All of `/v1.0` that the simulator serves. */
export function graphRoutes(
  simulation: Simulation,
  subscriptions: SubscriptionStore,
  dispatcher: Dispatcher,
  onSubscription: SubscriptionListener,
): GraphRoute[] {
  return [
    ...userRoutes(simulation),
    ...userWriteRoutes(simulation),
    ...membershipRoutes(simulation),
    ...groupRoutes(simulation),
    ...groupWriteRoutes(simulation),
    ...memberRoutes(simulation),
    ...deltaRoutes(simulation),
    ...objectRoutes(simulation),
    ...deletedItemRoutes(simulation),
    ...subscriptionRoutes(simulation, subscriptions, dispatcher, onSubscription),
  ];
}
