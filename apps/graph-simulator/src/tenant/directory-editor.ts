import { randomUUID } from 'node:crypto';
import type { Change } from './change.js';
import { DirectoryError } from './directory-error.js';
import type { Attributes, DirectoryObject, ObjectKind } from './directory-object.js';
import type { Tenant } from './tenant.js';

/** Everything that an administrator can do to objects. Each method is one write; memberships are {@link MembershipEditor}'s. */
export class DirectoryEditor {
  readonly #tenant: Tenant;
  readonly #now: () => Date;

  constructor(tenant: Tenant, now: () => Date) {
    this.#tenant = tenant;
    this.#now = now;
  }

  create(type: ObjectKind, attributes: Attributes, id: string = randomUUID()): DirectoryObject {
    const name = attributes['userPrincipalName'];
    if (type === 'user' && typeof name === 'string') this.#requireFreeName(name);
    if (this.#tenant.directory.handleOf(id) !== undefined)
      throw new DirectoryError('NAME_TAKEN', `An object with the id '${id}' already exists.`);
    const handle = this.#tenant.directory.nextHandle;
    const createdDateTime = this.#now().toISOString();
    this.#tenant.commit([
      { kind: 'created', handle, id: id.toLowerCase(), type, attributes: { createdDateTime, ...attributes } },
    ]);
    return this.require(id, type);
  }

  /** Users `count` strong, made of their index alone. Returns the first handle. */
  populate(count: number, domain: string): number {
    if (!Number.isInteger(count) || count < 1)
      throw new DirectoryError('INVALID', `A population has one user or more, not ${count}.`);
    const firstHandle = this.#tenant.directory.nextHandle;
    const idPrefix = randomUUID().slice(0, 28);
    const population = { firstHandle, count, idPrefix, domain, createdDateTime: this.#now().toISOString() };
    this.#tenant.commit([{ kind: 'populated', population }]);
    return firstHandle;
  }

  update(id: string, after: Attributes, type?: ObjectKind): void {
    const change = this.#updateOf(this.require(id, type), after);
    if (change) this.#tenant.commit([change]);
  }

  /** Two people exchange their addresses in one write, as an administrator does who mixed them up. */
  swapAddresses(oneId: string, otherId: string): void {
    const one = this.require(oneId, 'user');
    const other = this.require(otherId, 'user');
    const changes = [this.#updateOf(one, addressesOf(other), other), this.#updateOf(other, addressesOf(one), one)];
    this.#tenant.commit(changes.filter((change) => change !== undefined));
  }

  softDelete(id: string, type?: ObjectKind): void {
    const object = this.require(id, type);
    const { handle } = object;
    if (object.kind !== 'user' && object.kind !== 'group') {
      this.#tenant.commit([...this.#leaveAll(handle), this.#stateChange(object, 'purged')]);
      return;
    }
    const leftGroups = this.#tenant.directory.groupsWithMember(handle);
    this.#tenant.commit([...this.#leaveAll(handle), { ...this.#stateChange(object, 'deleted'), leftGroups }]);
  }

  restore(id: string): DirectoryObject {
    const object = this.#requireDeleted(id);
    const { handle } = object;
    const back = this.#tenant.directory
      .leftGroups(handle)
      .filter((group) => this.#tenant.directory.get(group)?.state !== 'purged');
    const rejoin: Change[] = back.map((group) => ({ kind: 'memberAdded', group, member: handle, byDeletion: true }));
    this.#tenant.commit([this.#stateChange(object, 'active'), ...rejoin]);
    return this.require(id);
  }

  purge(id: string): void {
    const handle = this.#tenant.directory.handleOf(id);
    if (handle !== undefined && this.#tenant.directory.get(handle)?.state === 'active') this.softDelete(id);
    if (handle !== undefined && this.#tenant.directory.get(handle)?.state === 'purged') return;
    this.#tenant.commit([this.#stateChange(this.#requireDeleted(id), 'purged')]);
  }

  /** The active object with this id. */
  require(id: string, kind?: ObjectKind): DirectoryObject {
    const handle = this.#tenant.directory.handleOf(id);
    const object = handle === undefined ? undefined : this.#tenant.directory.get(handle);
    if (object?.state !== 'active' || (kind && object.kind !== kind))
      throw new DirectoryError('NOT_FOUND', `Resource '${id}' does not exist.`);
    return object;
  }

  #requireDeleted(id: string): DirectoryObject {
    const handle = this.#tenant.directory.handleOf(id);
    const object = handle === undefined ? undefined : this.#tenant.directory.get(handle);
    if (object?.state !== 'deleted') throw new DirectoryError('NOT_FOUND', `Resource '${id}' does not exist.`);
    return object;
  }

  #updateOf(object: DirectoryObject, after: Attributes, mayTakeNameOf?: DirectoryObject): Change | undefined {
    const keys = Object.keys(after).filter((key) => JSON.stringify(object.attributes[key]) !== JSON.stringify(after[key]));
    if (keys.length === 0) return undefined;
    const name = after['userPrincipalName'];
    if (typeof name === 'string' && keys.includes('userPrincipalName')) this.#requireFreeName(name, object, mayTakeNameOf);
    const pick = (from: Attributes): Attributes => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
    return { kind: 'updated', handle: object.handle, before: pick(object.attributes), after: pick(after) };
  }

  #requireFreeName(name: string, ...mayHave: (DirectoryObject | undefined)[]): void {
    const holder = this.#tenant.directory.userByPrincipalName(name);
    if (!holder || mayHave.some((object) => object?.handle === holder.handle)) return;
    throw new DirectoryError('NAME_TAKEN', 'Another object with the same value for property userPrincipalName already exists.');
  }

  #leaveAll(member: number): Change[] {
    const groups = this.#tenant.directory.groupsWithMember(member);
    return groups.map((group) => ({ kind: 'memberRemoved', group, member, byDeletion: true }));
  }

  #stateChange(object: DirectoryObject, to: 'active' | 'deleted' | 'purged'): Extract<Change, { kind: 'state' }> {
    const before: Record<string, unknown> = { deletedDateTime: object.attributes['deletedDateTime'] ?? null };
    const after: Record<string, unknown> = {
      deletedDateTime: to === 'active' ? null : (before['deletedDateTime'] ?? this.#now().toISOString()),
    };
    const name = object.attributes['userPrincipalName'];
    if (typeof name === 'string' && to !== 'purged') {
      const prefix = object.id.replaceAll('-', '');
      before['userPrincipalName'] = name;
      after['userPrincipalName'] = to === 'deleted' ? prefix + name : name.slice(prefix.length);
      if (to === 'active') this.#requireFreeName(name.slice(prefix.length), object);
    }
    return { kind: 'state', handle: object.handle, from: object.state, to, before, after };
  }
}

function addressesOf(user: DirectoryObject): Attributes {
  return { mail: user.attributes['mail'] ?? null, userPrincipalName: user.attributes['userPrincipalName'] };
}
