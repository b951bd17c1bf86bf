import { hasAny, permissions } from '../http/permissions.js';
import type { DirectoryObject, ObjectKind } from '../tenant/directory-object.js';
import { isKnownProperty } from '../tenant/property-table.js';
import { presentObject, typeNameOf, type Presented } from '../odata/select.js';

const readers: Record<ObjectKind, readonly string[]> = {
  user: permissions.readUsers,
  group: permissions.readGroups,
  device: permissions.readDevices,
  orgContact: permissions.readContacts,
  servicePrincipal: ['Application.Read.All', ...permissions.readObjects],
};

const BASIC_USER = new Set(['displayName', 'givenName', 'id', 'mail', 'surname', 'userPrincipalName', 'securityIdentifier']);

/**
 * An element of a list of several types. Of an object whose type the application may not read there remain type and id;
 * every other property is null, with status 200.
 */
export function presentMember(
  object: DirectoryObject,
  select: readonly string[] | undefined,
  roles: ReadonlySet<string>,
): Presented {
  const presented = { '@odata.type': typeNameOf(object), ...presentObject(object, select) };
  if (hasAny(roles, readers[object.kind])) return object.kind === 'user' ? limitToBasic(presented, roles) : presented;
  return blank(presented, (name) => name !== 'id' && isKnownProperty(object.kind, name));
}

/** `User.ReadBasic.All` shows the basic set; the rest of a user is null. */
export function limitToBasic(presented: Presented, roles: ReadonlySet<string>): Presented {
  if (hasAny(roles, permissions.readUsersFully)) return presented;
  return blank(presented, (name) => !name.startsWith('@') && !BASIC_USER.has(name));
}

function blank(presented: Presented, isHidden: (name: string) => boolean): Presented {
  return Object.fromEntries(Object.entries(presented).map(([name, value]) => [name, isHidden(name) ? null : value]));
}
