import { z } from 'zod';
import { GraphError } from '../http/graph-error.js';
import type { Behaviours } from '../faults/behaviours.js';
import { parseResource, type WatchedResource } from './subscription.js';

const createSchema = z.strictObject({
  '@odata.type': z.string().optional(),
  changeType: z.string(),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullish(),
  resource: z.string(),
  expirationDateTime: z.string(),
  clientState: z.string().nullish(),
  latestSupportedTlsVersion: z.enum(['v1_0', 'v1_1', 'v1_2', 'v1_3']).nullish(),
  includeResourceData: z.boolean().nullish(),
  encryptionCertificate: z.string().nullish(),
  encryptionCertificateId: z.string().nullish(),
  notificationUrlAppId: z.string().nullish(),
});

const patchSchema = z.strictObject({
  '@odata.type': z.string().optional(),
  expirationDateTime: z.string().optional(),
  notificationUrl: z.string().optional(),
});

export type SubscriptionBody = z.output<typeof createSchema>;
export type SubscriptionPatch = z.output<typeof patchSchema>;

const LONGEST_MINUTES = 41_760;
const SHORTEST_MINUTES = 45;
const LONGEST_CLIENT_STATE = 128;
const REQUIRED = ['changeType', 'notificationUrl', 'resource', 'expirationDateTime'] as const;

/** A create request that may go on to the handshake, or Graph's 400. */
export function parseSubscriptionBody(
  body: unknown,
  behaviours: Behaviours,
): { body: SubscriptionBody; watched: WatchedResource } {
  for (const name of REQUIRED) {
    if (!hasValue(body, name)) throw invalid(`${name} is a required property for subscription creation`);
  }
  const parsed = createSchema.safeParse(body);
  if (!parsed.success) {
    throw invalid(
      'Could not process subscription creation payload. Are all property names spelled and camelCased properly? Also are the datetimeOffset properties in a valid internet Date and Time format?',
    );
  }
  const { notificationUrl, lifecycleNotificationUrl, resource, changeType, clientState, includeResourceData } = parsed.data;
  checkUrl('notificationUrl', notificationUrl, behaviours);
  if (lifecycleNotificationUrl) checkUrl('lifecycleNotificationUrl', lifecycleNotificationUrl, behaviours);
  if (includeResourceData === true) throw invalid('Azure Active Directory workload is not enabled for rich notifications');
  if ((clientState?.length ?? 0) > LONGEST_CLIENT_STATE)
    throw invalid(`clientState must not be longer than ${LONGEST_CLIENT_STATE} characters.`);
  checkChangeType(changeType, behaviours);
  const watched = parseResource(resource);
  if (!watched)
    throw new GraphError(
      400,
      'ExtensionError',
      `Operation: Create; Exception: [Status Code: BadRequest; Reason: Resource '${resource}' is not supported for subscriptions.]`,
    );
  return { body: parsed.data, watched };
}

export function parseSubscriptionPatch(body: unknown, behaviours: Behaviours): SubscriptionPatch {
  const parsed = patchSchema.safeParse(body);
  if (!parsed.success || (parsed.data.expirationDateTime === undefined && parsed.data.notificationUrl === undefined)) {
    throw invalid('expirationDateTime or notificationUrl is required, and nothing else can be updated.');
  }
  if (parsed.data.notificationUrl !== undefined) checkUrl('notificationUrl', parsed.data.notificationUrl, behaviours);
  return parsed.data;
}

/** Milliseconds. Too soon is silently raised to 45 minutes from now, too far is refused. */
export function expirationOf(text: string, now: number): number {
  const wanted = Date.parse(text);
  if (Number.isNaN(wanted)) throw invalid('expirationDateTime is not a valid internet Date and Time.');
  if (wanted > now + LONGEST_MINUTES * 60_000) {
    throw new GraphError(400, 'ExtensionError', `Subscription expiration can only be ${LONGEST_MINUTES} minutes in the future.`);
  }
  return Math.max(wanted, now + SHORTEST_MINUTES * 60_000);
}

function checkChangeType(changeType: string, behaviours: Behaviours): void {
  const types = changeType.split(',').map((type) => type.trim().toLowerCase());
  const allowed = behaviours.createdChangeType === 'accept' ? ['created', 'updated', 'deleted'] : ['updated', 'deleted'];
  if (!types.every((type) => allowed.includes(type))) throw invalid(`Invalid 'changeType' attribute: '${changeType}'.`);
}

function checkUrl(name: string, text: string, behaviours: Behaviours): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw invalid(`${name} is not a valid URL.`);
  if (url.protocol === 'https:') return;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!(url.protocol === 'http:' && isLoopback && behaviours.allowHttpLoopback))
    throw invalid(`The URL's scheme must be https: ${name}.`);
}

function hasValue(body: unknown, name: string): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    name in body &&
    Reflect.get(body, name) !== null &&
    Reflect.get(body, name) !== ''
  );
}

function invalid(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', message);
}
