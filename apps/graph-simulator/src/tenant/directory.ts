import type { Change, StateChange } from './change.js';
import type { DirectoryObject, ObjectKind } from './directory-object.js';
import { Membership } from './membership.js';
import { populationIndexOf, populationIndexOfAddress, populationUser, type PopulationSpec } from './population.js';

const NOBODY = new Membership();

/** The directory as it is now: objects and memberships. It changes by {@link apply} alone, so a replay rebuilds it exactly. */
export class Directory {
  readonly #objects = new Map<number, DirectoryObject>();
  readonly #handles = new Map<string, number>();
  readonly #addresses = new Map<string, number>();
  readonly #groups: number[] = [];
  readonly #populations: PopulationSpec[] = [];
  readonly #members = new Map<number, Membership>();
  readonly #leftGroups = new Map<number, readonly number[]>();
  #nextHandle = 1;

  get nextHandle(): number {
    return this.#nextHandle;
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'created': {
        const { handle, id, type: kind, attributes } = change;
        this.#handles.set(id, handle);
        if (kind === 'group') this.#groups.push(handle);
        this.#put({ handle, id, kind, state: 'active', attributes });
        this.#nextHandle = Math.max(this.#nextHandle, handle + 1);
        return;
      }
      case 'populated':
        this.#populations.push(change.population);
        this.#nextHandle = change.population.firstHandle + change.population.count;
        return;
      case 'updated': {
        const object = this.#mustGet(change.handle);
        this.#put({ ...object, attributes: { ...object.attributes, ...change.after } });
        return;
      }
      case 'state':
        this.#applyState(change);
        return;
      case 'memberAdded':
        this.#membership(change.group).add(change.member);
        return;
      case 'memberRemoved':
        this.#membership(change.group).remove(change.member);
        return;
      case 'membersAdded':
        for (let offset = 0; offset < change.count; offset++) this.#membership(change.group).add(change.from + offset);
        return;
    }
  }

  get(handle: number): DirectoryObject | undefined {
    const object = this.#objects.get(handle);
    if (object) return object;
    const spec = this.#populations.find((each) => handle >= each.firstHandle && handle < each.firstHandle + each.count);
    return spec && populationUser(spec, handle - spec.firstHandle);
  }

  /** By object id, in any case of letters. */
  handleOf(id: string): number | undefined {
    const lower = id.toLowerCase();
    const known = this.#handles.get(lower);
    if (known !== undefined) return known;
    for (const spec of this.#populations) {
      const index = populationIndexOf(spec, lower);
      if (index !== undefined) return spec.firstHandle + index;
    }
    return undefined;
  }

  /** The active user with this userPrincipalName, without regard to case. */
  userByPrincipalName(name: string): DirectoryObject | undefined {
    const lower = name.toLowerCase();
    const candidates = [this.#addresses.get(lower)];
    for (const spec of this.#populations) {
      const index = populationIndexOfAddress(spec, lower);
      if (index !== undefined) candidates.push(spec.firstHandle + index);
    }
    for (const handle of candidates) {
      const object = handle === undefined ? undefined : this.get(handle);
      if (object?.state === 'active' && principalNameOf(object) === lower) return object;
    }
    return undefined;
  }

  /** Handles of users who may have this mail or userPrincipalName now or had it once: all others surely do not. */
  addressCandidates(address: string): number[] {
    const generated = this.#populations.flatMap((spec) => {
      const index = populationIndexOfAddress(spec, address);
      return index === undefined ? [] : [spec.firstHandle + index];
    });
    return [...new Set([...this.touched('user').map((user) => user.handle), ...generated])].sort((left, right) => left - right);
  }

  members(group: number): Membership {
    return this.#members.get(group) ?? NOBODY;
  }

  leftGroups(handle: number): readonly number[] {
    return this.#leftGroups.get(handle) ?? [];
  }

  groups(): DirectoryObject[] {
    return this.#groups.map((handle) => this.#mustGet(handle));
  }

  /** The objects of a kind that were created singly or changed since, in any state, by ascending handle. */
  touched(kind: ObjectKind): DirectoryObject[] {
    const found = [...this.#objects.values()].filter((object) => object.kind === kind);
    return found.sort((left, right) => left.handle - right.handle);
  }

  groupsWithMember(member: number): number[] {
    return [...this.#members].filter(([, membership]) => membership.has(member)).map(([group]) => group);
  }

  /** All objects of a kind by ascending handle after `after`, whatever their state. */
  *scan(kind: ObjectKind, after: number): Generator<DirectoryObject> {
    for (let handle = after + 1; handle < this.#nextHandle; handle++) {
      const object = this.get(handle);
      if (object?.kind === kind) yield object;
    }
  }

  countUsers(): number {
    const generated = this.#populations.reduce((sum, spec) => sum + spec.count, 0);
    let explicit = 0;
    for (const object of this.#objects.values()) {
      if (object.kind !== 'user') continue;
      const isGenerated = this.#handles.get(object.id) === undefined;
      if (object.state === 'active') explicit += isGenerated ? 0 : 1;
      else explicit -= isGenerated ? 1 : 0;
    }
    return generated + explicit;
  }

  #applyState(change: StateChange): void {
    const object = this.#mustGet(change.handle);
    this.#put({ ...object, state: change.to, attributes: { ...object.attributes, ...change.after } });
    if (change.leftGroups) this.#leftGroups.set(change.handle, change.leftGroups);
    if (change.to === 'active') this.#leftGroups.delete(change.handle);
  }

  #put(object: DirectoryObject): void {
    this.#objects.set(object.handle, object);
    const name = principalNameOf(object);
    if (object.kind === 'user' && name !== undefined && object.state === 'active') this.#addresses.set(name, object.handle);
  }

  #mustGet(handle: number): DirectoryObject {
    const object = this.get(handle);
    if (!object) throw new Error(`The history names an object ${handle} that was never created.`);
    return object;
  }

  #membership(group: number): Membership {
    const known = this.#members.get(group);
    if (known) return known;
    const fresh = new Membership();
    this.#members.set(group, fresh);
    return fresh;
  }
}

function principalNameOf(object: DirectoryObject): string | undefined {
  const name = object.attributes['userPrincipalName'];
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}
