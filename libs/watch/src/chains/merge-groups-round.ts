import type { MemberType } from '#contracts';
import type { GroupDelta, RemovedReason } from '#graph-client';

export interface MergedMember {
  readonly type: MemberType;
  readonly removed: boolean;
  /** Added and removed in this round: nobody promises the order, so it is read directly again (invariant 2b). */
  readonly contradicted: boolean;
}

export interface MergedGroup {
  /** Of the last occurrence; null: the group is there. */
  removed: RemovedReason | null;
  /** Absent: not reported. */
  displayName?: string | null;
  readonly members: Map<string, MergedMember>;
}

/** A delta round in memory: one entry per group and member, the last occurrence wins (Graph sheet 3.2). */
export class GroupsRound {
  readonly groups = new Map<string, MergedGroup>();
  /** Group occurrences and members so far, as a measure of memory. */
  changes = 0;

  add(deltas: readonly GroupDelta[]): void {
    for (const delta of deltas) this.addGroup(delta);
  }

  private addGroup(delta: GroupDelta): void {
    const group = this.groups.get(delta.id) ?? { removed: null, members: new Map<string, MergedMember>() };
    this.groups.set(delta.id, group);
    this.changes += 1;
    group.removed = delta.removed ?? null;
    if (delta.displayName !== undefined) group.displayName = delta.displayName;
    for (const member of delta.members) {
      const before = group.members.get(member.id);
      if (before === undefined) this.changes += 1;
      const contradicted = before !== undefined && (before.contradicted || before.removed !== member.removed);
      group.members.set(member.id, { type: member.type, removed: member.removed, contradicted });
    }
  }
}
