import { connectionEvents } from './connections/connection-events.v1.js';
import { groupChangedV1 } from './directory/group-changed.v1.js';
import { membershipsChangedV1 } from './directory/memberships-changed.v1.js';
import { usersChangedV1 } from './directory/users-changed.v1.js';
import type { EventDefinition } from './envelope.js';
import { effectEvents } from './provisioning/effects.v1.js';
import { runEvents } from './runs/sync-run.v1.js';

/** Every event type that Rollcall publishes. JSON Schemas are generated from this list. */
export const eventCatalogue: readonly EventDefinition[] = [
  usersChangedV1,
  membershipsChangedV1,
  groupChangedV1,
  ...effectEvents,
  ...runEvents,
  ...connectionEvents,
];
