import type { JournalEntry } from './change.js';
import type { Directory } from './directory.js';
import type { DirectoryObject, ObjectKind } from './directory-object.js';
import type { Journal } from './journal.js';

/** A page of members; `next` is opaque to the caller and null at the end. */
export interface MemberPage {
  readonly handles: number[];
  readonly next: number | null;
}

/**
 * The directory as it was at one point of its history. The present is read as it lies; an older state is the present with
 * the changes since then undone, so a view costs only as much as has happened since.
 */
export class DirectoryView {
  readonly #directory: Directory;
  /** Objects that looked different then; null: did not exist yet. */
  readonly #objects = new Map<number, DirectoryObject | null>();
  /** group -> member -> was a member then */
  readonly #members = new Map<number, Map<number, boolean>>();
  readonly #createdSince = new Map<number, number>();

  constructor(directory: Directory, journal: Journal, seq: number) {
    this.#directory = directory;
    for (const entry of journal.backwards(seq)) this.#undo(entry);
  }

  object(handle: number): DirectoryObject | undefined {
    const then = this.#objects.get(handle);
    if (then !== undefined) return then ?? undefined;
    for (const [first, count] of this.#createdSince) if (handle >= first && handle < first + count) return undefined;
    return this.#directory.get(handle);
  }

  active(handle: number | undefined): DirectoryObject | undefined {
    const object = handle === undefined ? undefined : this.object(handle);
    return object?.state === 'active' ? object : undefined;
  }

  byId(id: string): DirectoryObject | undefined {
    const handle = this.#directory.handleOf(id);
    return handle === undefined ? undefined : this.object(handle);
  }

  userByPrincipalName(name: string): DirectoryObject | undefined {
    for (const object of this.#objects.values()) {
      if (object?.kind === 'user' && object.state === 'active' && sameText(object.attributes['userPrincipalName'], name))
        return object;
    }
    const now = this.#directory.userByPrincipalName(name);
    const then = now && this.active(now.handle);
    return then && sameText(then.attributes['userPrincipalName'], name) ? then : undefined;
  }

  *scan(kind: ObjectKind, after: number): Generator<DirectoryObject> {
    for (const now of this.#directory.scan(kind, after)) {
      const then = this.object(now.handle);
      if (then?.state === 'active') yield then;
    }
  }

  /** Active users who may have this address: a filter on it need not walk through a tenant of a million. */
  addressCandidates(address: string): DirectoryObject[] {
    return this.#directory
      .addressCandidates(address)
      .map((handle) => this.active(handle))
      .filter((user) => user !== undefined);
  }

  /** Soft-deleted objects of a kind, by ascending handle. Only objects that were touched can be deleted. */
  deleted(kind: ObjectKind): DirectoryObject[] {
    const touched = this.#directory.touched(kind).map((object) => this.object(object.handle));
    return touched
      .filter((object) => object !== undefined && object.state === 'deleted')
      .filter((object) => object !== undefined);
  }

  isMember(group: number, member: number): boolean {
    return this.#members.get(group)?.get(member) ?? this.#directory.members(group).has(member);
  }

  memberCount(group: number): number {
    let count = this.#directory.members(group).size;
    for (const [member, was] of this.#members.get(group) ?? []) {
      if (was !== this.#directory.members(group).has(member)) count += was ? 1 : -1;
    }
    return count;
  }

  /** Members who have left since come after those who are still there; their cursor counts downwards from -1. */
  memberPage(group: number, after: number, limit: number): MemberPage {
    const overlay = this.#members.get(group);
    if (!overlay) return this.#directory.members(group).page(after, limit, () => true);
    const handles: number[] = [];
    if (after >= 0) {
      const page = this.#directory.members(group).page(after, limit, (handle) => overlay.get(handle) !== false);
      if (page.next !== null) return page;
      handles.push(...page.handles);
    }
    const gone = [...overlay]
      .filter(([handle, was]) => was && !this.#directory.members(group).has(handle))
      .map(([handle]) => handle);
    const start = after < 0 ? -after - 1 : 0;
    const end = Math.min(gone.length, start + limit - handles.length);
    handles.push(...gone.slice(start, end));
    return { handles, next: end < gone.length ? -end - 1 : null };
  }

  *members(group: number): Generator<number> {
    const overlay = this.#members.get(group);
    for (const handle of this.#directory.members(group).handles()) if (overlay?.get(handle) !== false) yield handle;
    for (const [handle, was] of overlay ?? []) if (was && !this.#directory.members(group).has(handle)) yield handle;
  }

  groupsOf(member: number): number[] {
    return this.#directory
      .groups()
      .filter((group) => this.active(group.handle) && this.isMember(group.handle, member))
      .map((group) => group.handle);
  }

  #undo({ change }: JournalEntry): void {
    switch (change.kind) {
      case 'created':
        this.#objects.set(change.handle, null);
        return;
      case 'populated':
        this.#createdSince.set(change.population.firstHandle, change.population.count);
        return;
      case 'updated':
        this.#rewind(change.handle, (object) => ({ ...object, attributes: { ...object.attributes, ...change.before } }));
        return;
      case 'state':
        this.#rewind(change.handle, (object) => ({
          ...object,
          state: change.from,
          attributes: { ...object.attributes, ...change.before },
        }));
        return;
      case 'memberAdded':
        this.#was(change.group, change.member, false);
        return;
      case 'memberRemoved':
        this.#was(change.group, change.member, true);
        return;
      case 'membersAdded':
        for (let offset = 0; offset < change.count; offset++) this.#was(change.group, change.from + offset, false);
        return;
    }
  }

  #rewind(handle: number, undo: (object: DirectoryObject) => DirectoryObject): void {
    const object = this.#objects.get(handle) ?? this.#directory.get(handle);
    if (object) this.#objects.set(handle, undo(object));
  }

  #was(group: number, member: number, present: boolean): void {
    const overlay = this.#members.get(group) ?? new Map<number, boolean>();
    overlay.set(member, present);
    this.#members.set(group, overlay);
  }
}

function sameText(left: unknown, right: string): boolean {
  return typeof left === 'string' && left.toLowerCase() === right.toLowerCase();
}
