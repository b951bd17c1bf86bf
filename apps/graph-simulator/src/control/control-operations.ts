import { z } from 'zod';
import type { FaultInput } from '../faults/fault.js';
import { newAdministratorSchema } from '../sign-in/administrators.js';
import type { SimulatorControl } from './simulator-control.js';

/** One operation of the control API. `run` takes path, query and body together; undefined is answered as 204. */
export interface ControlOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After `/control`. */
  readonly path: string;
  run(input: Record<string, unknown>): unknown;
}

const text = z.string().min(1);
const attributes = z.record(z.string(), z.unknown());
const byId = z.object({ id: text });
const membership = z.object({ group: text, member: text });
const optionalApp = z.object({ clientId: text.optional() });

/** The same operations as {@link SimulatorControl} has, over JSON. README.md documents each. */
export function controlOperations(control: SimulatorControl): ControlOperation[] {
  return [...directoryOperations(control), ...serviceOperations(control)];
}

function directoryOperations(control: SimulatorControl): ControlOperation[] {
  return [
    operation(
      'GET',
      '/users',
      z.object({ q: text.optional(), limit: z.coerce.number().int().positive().optional() }),
      (input) => ({ count: control.countUsers(), items: control.users(input) }),
    ),
    operation(
      'POST',
      '/people',
      z.strictObject({
        displayName: text,
        mail: z.string().nullable().optional(),
        groups: z.array(text).optional(),
        attributes: attributes.optional(),
      }),
      (person) => ({ id: control.addPerson(person) }),
    ),
    operation('POST', '/users', z.object({ attributes }), (input) => ({ id: control.addUser(input.attributes) })),
    operation('POST', '/devices', z.object({ displayName: text }), (input) => ({ id: control.addDevice(input.displayName) })),
    operation('POST', '/contacts', z.object({ displayName: text, mail: text }), (input) => ({
      id: control.addContact(input.displayName, input.mail),
    })),
    operation('GET', '/objects/:id', byId, ({ id }) => control.object(id)),
    operation('PATCH', '/users/:id', z.object({ id: text, attributes }), (input) =>
      control.updateUser(input.id, input.attributes),
    ),
    operation('POST', '/users/:id/disable', byId, ({ id }) => control.disableUser(id)),
    operation('POST', '/users/:id/enable', byId, ({ id }) => control.enableUser(id)),
    operation('DELETE', '/users/:id', byId, ({ id }) => control.softDeleteUser(id)),
    operation('POST', '/users/swap-addresses', z.object({ one: text, other: text }), (input) =>
      control.swapAddresses(input.one, input.other),
    ),
    operation('POST', '/objects/:id/restore', byId, ({ id }) => control.restore(id)),
    operation('POST', '/objects/:id/purge', byId, ({ id }) => control.purge(id)),
    operation('GET', '/groups', z.object({}), () => ({ items: control.groups() })),
    operation('POST', '/groups', z.object({ displayName: text, attributes: attributes.optional() }), (input) => ({
      id: control.createGroup(input.displayName, input.attributes),
    })),
    operation('PATCH', '/groups/:id', z.object({ id: text, attributes }), (input) =>
      control.updateGroup(input.id, input.attributes),
    ),
    operation('DELETE', '/groups/:id', byId, ({ id }) => control.softDeleteGroup(id)),
    operation(
      'GET',
      '/groups/:id/members',
      z.object({ id: text, limit: z.coerce.number().int().positive().optional() }),
      ({ id, limit }) => ({ items: control.members(id, limit) }),
    ),
    operation('POST', '/groups/:group/members', z.object({ group: text, members: z.array(text) }), (input) =>
      control.addMembers(input.group, input.members),
    ),
    operation('DELETE', '/groups/:group/members/:member', membership, (input) => control.removeMember(input.group, input.member)),
    operation('POST', '/groups/:id/change-some', byId, ({ id }) => control.changeSome(id)),
    operation('POST', '/groups/:id/empty', byId, ({ id }) => ({ removed: control.emptyGroup(id) })),
    operation(
      'POST',
      '/bulk',
      z.strictObject({
        createUsers: z.number().int().positive(),
        addMembers: z.number().int().nonnegative().optional(),
        group: text.optional(),
        newGroup: text.optional(),
      }),
      (input) => control.bulk(input),
    ),
  ];
}

function serviceOperations(control: SimulatorControl): ControlOperation[] {
  const lifecycleEvent = z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']);
  return [
    operation('GET', '/faults', z.object({}), () => ({ items: control.listFaults() })),
    operation(
      'POST',
      '/faults',
      z.object({ fault: z.custom<FaultInput>((value) => typeof value === 'object' && value !== null) }),
      (input) => ({ id: control.setFault(input.fault) }),
    ),
    operation('DELETE', '/faults', z.object({ which: text.optional() }), ({ which }) => control.clearFaults(which)),
    operation('GET', '/behaviours', z.object({}), () => control.behaviours()),
    operation('PATCH', '/behaviours', z.object({ changes: attributes }), ({ changes }) => control.setBehaviours(changes)),
    operation('GET', '/clock', z.object({}), () => ({ now: control.now().toISOString() })),
    operation('POST', '/clock/advance', z.object({ ms: z.number().int().nonnegative() }), ({ ms }) => {
      control.advanceClock(ms);
      return { now: control.now().toISOString() };
    }),
    operation('GET', '/requests', z.object({}), () => control.requestCounts()),
    operation('DELETE', '/requests', z.object({}), () => control.resetRequestCounts()),
    operation('GET', '/subscriptions', z.object({}), () => ({ items: control.listSubscriptions() })),
    operation('DELETE', '/subscriptions/:id', byId, ({ id }) => ({ dropped: control.dropSubscription(id) })),
    operation('GET', '/deliveries', z.object({}), () => ({ items: control.recentDeliveries() })),
    operation('POST', '/notifications', z.object({ url: z.url(), value: z.array(attributes) }), (input) =>
      control.sendNotification(input.url, input.value),
    ),
    operation('POST', '/lifecycle', z.object({ event: lifecycleEvent, subscriptionId: text.optional() }), (input) => ({
      sent: control.sendLifecycle(input.event, input.subscriptionId),
    })),
    operation('GET', '/administrators', z.object({}), () => ({ items: control.listAdministrators() })),
    operation('POST', '/administrators', newAdministratorSchema, (input) => control.addAdministrator(input)),
    operation(
      'PATCH',
      '/administrators/:id',
      z.strictObject({ id: text, roles: z.array(text).optional(), wids: z.array(z.guid()).optional() }),
      ({ id, roles, wids }) =>
        control.setAdministratorClaims(id, {
          ...(roles === undefined ? {} : { roles }),
          ...(wids === undefined ? {} : { wids }),
        }),
    ),
    operation('GET', '/apps', z.object({}), () => ({ items: control.listApps() })),
    operation('POST', '/apps', z.object({ displayName: text, roles: z.array(text) }), (input) =>
      control.createApp(input.displayName, input.roles),
    ),
    operation('POST', '/apps/consent', optionalApp.extend({ roles: z.array(text) }), (input) =>
      control.setConsent(input.roles, input.clientId),
    ),
    operation('DELETE', '/apps/consent', optionalApp, (input) => control.withdrawConsent(input.clientId)),
    operation('POST', '/apps/disabled', optionalApp.extend({ isDisabled: z.boolean() }), (input) =>
      control.setAppDisabled(input.isDisabled, input.clientId),
    ),
    operation('POST', '/apps/expire-secret', optionalApp, (input) => control.expireSecret(input.clientId)),
    operation('POST', '/apps/rotate-secret', optionalApp.extend({ keepOld: z.boolean().optional() }), (input) =>
      control.rotateSecret(input.keepOld === undefined ? {} : { keepOld: input.keepOld }, input.clientId),
    ),
  ];
}

function operation<T>(
  method: ControlOperation['method'],
  path: string,
  input: z.ZodType<T>,
  run: (input: T) => unknown,
): ControlOperation {
  return { method, path, run: (raw) => run(input.parse(raw)) };
}
