import { DirectoryError } from '../tenant/directory-error.js';
import type { DirectoryEditor } from '../tenant/directory-editor.js';
import { textOf, type Attributes, type DirectoryObject, type ObjectKind } from '../tenant/directory-object.js';
import type { MembershipEditor } from '../tenant/membership-editor.js';
import type { Tenant } from '../tenant/tenant.js';

export interface DirectoryParts {
  readonly tenant: Tenant;
  readonly objects: DirectoryEditor;
  readonly memberships: MembershipEditor;
  readonly domain: string;
}

/** An object as the control shows it, soft-deleted ones included. */
export interface ShownObject {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly state: DirectoryObject['state'];
  readonly displayName: string;
  readonly attributes: Attributes;
}

export interface ShownGroup extends ShownObject {
  readonly memberCount: number;
}

/** A person to add: a name is enough, the address is made of it. */
export interface NewPerson {
  readonly displayName: string;
  /** Null: a person without mail. */
  readonly mail?: string | null;
  readonly groups?: readonly string[];
  readonly attributes?: Attributes;
}

export interface BulkOptions {
  readonly createUsers: number;
  /** How many of the new ones join `group`; all when absent. */
  readonly addMembers?: number;
  /** Object id; absent with `newGroup`, or to add nobody. */
  readonly group?: string;
  /** Display name of a group to create for them. */
  readonly newGroup?: string;
}

/** The people of a small change, by the names that they had or came with. */
export interface SomeChanges {
  readonly newcomers: readonly string[];
  readonly renamed: readonly string[];
}

const NEWCOMERS = ['Nadia Newcomer', 'Noah Newcomer', 'Nora Newcomer'];
/** Members among whom the two are chosen. */
const LOOKED_AT = 20;

export interface BulkResult {
  readonly firstUserId: string;
  readonly lastUserId: string;
  readonly groupId: string | null;
}

/** What an administrator does in the portal. Everything that changes the directory is durable when the method returns. */
export class DirectoryControl {
  readonly #tenant: Tenant;
  readonly #objects: DirectoryEditor;
  readonly #memberships: MembershipEditor;
  readonly #domain: string;

  constructor(parts: DirectoryParts) {
    this.#tenant = parts.tenant;
    this.#objects = parts.objects;
    this.#memberships = parts.memberships;
    this.#domain = parts.domain;
  }

  /** Creates the person and lets them join; with `groups` two writes, like the portal. Returns the id. */
  addPerson(person: NewPerson): string {
    const [givenName = person.displayName, ...rest] = person.displayName.trim().split(/\s+/);
    const mailNickname = this.#freeNickname(person.displayName);
    const address = `${mailNickname}@${this.#domain}`;
    const id = this.addUser({
      displayName: person.displayName,
      givenName,
      surname: rest.join(' ') || null,
      mailNickname,
      mail: person.mail === undefined ? address : person.mail,
      userPrincipalName: address,
      ...person.attributes,
    });
    for (const group of person.groups ?? []) this.addMember(group, id);
    return id;
  }

  /** With exactly these attributes, `accountEnabled` and `userType` aside. Returns the id. */
  addUser(attributes: Attributes): string {
    return this.#objects.create('user', { accountEnabled: true, userType: 'Member', ...attributes }).id;
  }

  addDevice(displayName: string): string {
    return this.#objects.create('device', {
      displayName,
      deviceId: crypto.randomUUID(),
      accountEnabled: true,
      operatingSystem: 'Windows',
    }).id;
  }

  addContact(displayName: string, mail: string): string {
    return this.#objects.create('orgContact', { displayName, mail }).id;
  }

  updateUser(id: string, attributes: Attributes): void {
    this.#objects.update(id, attributes, 'user');
  }

  disableUser(id: string): void {
    this.#objects.update(id, { accountEnabled: false }, 'user');
  }

  enableUser(id: string): void {
    this.#objects.update(id, { accountEnabled: true }, 'user');
  }

  softDeleteUser(id: string): void {
    this.#objects.softDelete(id, 'user');
  }

  swapAddresses(oneId: string, otherId: string): void {
    this.#objects.swapAddresses(oneId, otherId);
  }

  createGroup(displayName: string, attributes: Attributes = {}): string {
    const mailNickname = displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const defaults = { displayName, mailNickname, mailEnabled: false, securityEnabled: true, groupTypes: [] };
    return this.#objects.create('group', { ...defaults, ...attributes }).id;
  }

  updateGroup(id: string, attributes: Attributes): void {
    this.#objects.update(id, attributes, 'group');
  }

  renameGroup(id: string, displayName: string): void {
    this.updateGroup(id, { displayName });
  }

  softDeleteGroup(id: string): void {
    this.#objects.softDelete(id, 'group');
  }

  /** A soft-deleted user or group; its memberships come back with it. */
  restore(id: string): void {
    this.#objects.restore(id);
  }

  /** For good; a living object is soft-deleted first. */
  purge(id: string): void {
    this.#objects.purge(id);
  }

  addMember(groupId: string, memberId: string): void {
    this.#memberships.add(groupId, [memberId]);
  }

  /** Several in one write. */
  addMembers(groupId: string, memberIds: readonly string[]): void {
    this.#memberships.add(groupId, memberIds);
  }

  removeMember(groupId: string, memberId: string): void {
    this.#memberships.remove(groupId, [memberId]);
  }

  removeMembers(groupId: string, memberIds: readonly string[]): void {
    this.#memberships.remove(groupId, memberIds);
  }

  /** Everybody leaves in one write. Returns how many. */
  emptyGroup(groupId: string): number {
    return this.#memberships.empty(groupId);
  }

  /** Three newcomers join the group and two of its people get other names. Returns whom it concerned. */
  changeSome(groupId: string): SomeChanges {
    const renamed = this.members(groupId, LOOKED_AT)
      .filter(({ kind, displayName }) => kind === 'user' && !NEWCOMERS.includes(displayName))
      .slice(0, 2);
    for (const displayName of NEWCOMERS) this.addPerson({ displayName, groups: [groupId] });
    for (const { id, displayName } of renamed) this.updateUser(id, { displayName: `${displayName} (renamed)` });
    return { newcomers: NEWCOMERS, renamed: renamed.map(({ displayName }) => displayName) };
  }

  /** Users by the million: they take memory only where they are touched. */
  bulk(options: BulkOptions): BulkResult {
    const first = this.#objects.populate(options.createUsers, this.#domain);
    const groupId = options.group ?? (options.newGroup === undefined ? null : this.createGroup(options.newGroup));
    const joining = Math.min(options.addMembers ?? options.createUsers, options.createUsers);
    if (groupId !== null && joining > 0) this.#memberships.addRange(groupId, first, joining);
    const idAt = (handle: number): string => this.#tenant.directory.get(handle)?.id ?? '';
    return { firstUserId: idAt(first), lastUserId: idAt(first + options.createUsers - 1), groupId };
  }

  object(id: string): ShownObject {
    const handle = this.#tenant.directory.handleOf(id);
    const object = handle === undefined ? undefined : this.#tenant.directory.get(handle);
    if (!object) throw new DirectoryError('NOT_FOUND', `There is no object '${id}' in the simulated tenant.`);
    return show(object);
  }

  /** Living and soft-deleted groups, in order of creation. */
  groups(): ShownGroup[] {
    const known = this.#tenant.directory.groups().filter((group) => group.state !== 'purged');
    return known.map((group) => ({ ...show(group), memberCount: this.#tenant.directory.members(group.handle).size }));
  }

  members(groupId: string, limit = 1_000): ShownObject[] {
    const { handle } = this.#objects.require(groupId, 'group');
    const { handles } = this.#tenant.directory.members(handle).page(0, limit, () => true);
    return handles
      .map((member) => this.#tenant.directory.get(member))
      .filter((member) => member !== undefined)
      .map(show);
  }

  memberIds(groupId: string): string[] {
    const { handle } = this.#objects.require(groupId, 'group');
    return [...this.#tenant.directory.members(handle).handles()].map((member) => this.#tenant.directory.get(member)?.id ?? '');
  }

  /** The first users of the tenant, by creation, soft-deleted ones included; `q` finds by part of name, mail or UPN. */
  users(options: { readonly limit?: number; readonly q?: string } = {}): ShownObject[] {
    const found: ShownObject[] = [];
    const wanted = options.q?.toLowerCase() ?? '';
    for (const user of this.#tenant.directory.scan('user', 0)) {
      if (found.length >= (options.limit ?? 1_000)) break;
      if (user.state !== 'purged' && isFound(user, wanted)) found.push(show(user));
    }
    return found;
  }

  countUsers(): number {
    return this.#tenant.directory.countUsers();
  }

  #freeNickname(displayName: string): string {
    const base =
      displayName
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '.')
        .replaceAll(/^\.|\.$/g, '') || 'person';
    let nickname = base;
    for (let number = 2; this.#tenant.directory.userByPrincipalName(`${nickname}@${this.#domain}`); number++)
      nickname = `${base}${number}`;
    return nickname;
  }
}

function show({ id, kind, state, attributes }: DirectoryObject): ShownObject {
  return { id, kind, state, displayName: textOf({ attributes }, 'displayName'), attributes };
}

function isFound({ id, attributes }: DirectoryObject, wanted: string): boolean {
  if (wanted === '' || id === wanted) return true;
  return ['displayName', 'mail', 'userPrincipalName'].some((name) => textOf({ attributes }, name).toLowerCase().includes(wanted));
}
