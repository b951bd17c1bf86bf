import type { Change } from './change.js';
import type { DirectoryEditor } from './directory-editor.js';
import { DirectoryError } from './directory-error.js';
import type { Tenant } from './tenant.js';

/** Who joins and who leaves. Each method is one write, however many members it moves. */
export class MembershipEditor {
  readonly #tenant: Tenant;
  readonly #objects: DirectoryEditor;

  constructor(tenant: Tenant, objects: DirectoryEditor) {
    this.#tenant = tenant;
    this.#objects = objects;
  }

  /** Refuses the whole call when one of them is unknown or already in, as Graph does. */
  add(groupId: string, memberIds: readonly string[]): void {
    const group = this.#objects.require(groupId, 'group').handle;
    this.#tenant.commit(
      memberIds.map((id) => {
        const member = this.#objects.require(id).handle;
        if (member === group) throw new DirectoryError('INVALID', 'A group cannot be a member of itself.');
        if (this.#tenant.directory.members(group).has(member)) {
          throw new DirectoryError(
            'ALREADY_MEMBER',
            "One or more added object references already exist for the following modified properties: 'members'.",
          );
        }
        return { kind: 'memberAdded', group, member } satisfies Change;
      }),
    );
  }

  remove(groupId: string, memberIds: readonly string[]): void {
    const group = this.#objects.require(groupId, 'group').handle;
    this.#tenant.commit(
      memberIds.map((id) => {
        const member = this.#tenant.directory.handleOf(id);
        if (member === undefined || !this.#tenant.directory.members(group).has(member)) {
          throw new DirectoryError(
            'NOT_A_MEMBER',
            "One or more removed object references do not exist for the following modified properties: 'members'.",
          );
        }
        return { kind: 'memberRemoved', group, member } satisfies Change;
      }),
    );
  }

  /** Every member leaves in one write. Returns how many. */
  empty(groupId: string): number {
    const group = this.#objects.require(groupId, 'group').handle;
    const members = [...this.#tenant.directory.members(group).handles()];
    this.#tenant.commit(members.map((member) => ({ kind: 'memberRemoved', group, member })));
    return members.length;
  }

  /** A run of handles joins, as a population does. */
  addRange(groupId: string, from: number, count: number): void {
    const group = this.#objects.require(groupId, 'group').handle;
    this.#tenant.commit([{ kind: 'membersAdded', group, from, count }]);
  }
}
