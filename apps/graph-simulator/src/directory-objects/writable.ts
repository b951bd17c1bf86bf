import { z } from 'zod';
import { badRequest } from '../http/graph-error.js';
import { parseBody } from '../http/parse-body.js';
import type { ObjectKind } from '../tenant/directory-object.js';
import { isKnownProperty } from '../tenant/property-table.js';

const READ_ONLY = new Set([
  'id',
  'createdDateTime',
  'deletedDateTime',
  'securityIdentifier',
  'proxyAddresses',
  'renewedDateTime',
  'creationType',
]);
const MOST_BOUND = 20;
const bindSchema = z.array(z.string()).max(MOST_BOUND, `No more than ${MOST_BOUND} references can be bound in one request.`);
const REFERENCE = /\/(?:directoryObjects|users|groups|devices|contacts)(?:\/|\(')([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;

export interface WrittenObject {
  readonly attributes: Record<string, unknown>;
  /** Ids out of `members@odata.bind`. */
  readonly members: readonly string[];
}

/** The body of a create or update: known, writable properties and references to members. */
export function parseWrittenObject(body: unknown, kind: ObjectKind): WrittenObject {
  const {
    'members@odata.bind': bind,
    'owners@odata.bind': owners,
    '@odata.type': _type,
    passwordProfile,
    ...attributes
  } = parseBody(z.record(z.string(), z.unknown()), body);
  for (const name of Object.keys(attributes)) {
    if (!isKnownProperty(kind, name))
      throw badRequest(
        `Property '${name}' does not exist on type 'microsoft.graph.${kind}' or its value ${JSON.stringify(attributes[name])} is invalid.`,
      );
    if (READ_ONLY.has(name)) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
  }
  if (passwordProfile !== undefined && kind !== 'user')
    throw badRequest(`Property 'passwordProfile' does not exist on type 'microsoft.graph.${kind}'.`);
  if (owners !== undefined) parseBody(bindSchema, owners);
  return { attributes, members: bind === undefined ? [] : parseBody(bindSchema, bind).map(referencedId) };
}

/** The id in `https://graph.microsoft.com/v1.0/directoryObjects/{id}` and its kin. */
export function referencedId(reference: string): string {
  const id = REFERENCE.exec(reference)?.[1];
  if (id === undefined) throw badRequest(`Invalid URL format specified in @odata.bind or @odata.id: '${reference}'.`);
  return id.toLowerCase();
}
