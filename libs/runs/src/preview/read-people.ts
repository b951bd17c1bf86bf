import { EVERYBODY, isCodedError, type MemberType, type UserAttributes } from '#contracts';
import type { MembersPage } from '#graph-client';
import type { PreviewedGroup, PreviewGraph } from './preview.js';

/** Whoever waits for a page does not wait for more people than this: the rest is read by the run. */
export const MOST_PEOPLE = 100_000;

/** What may be wrong with one group while the others can be read: hidden membership, or deleted a moment ago. */
const OF_ONE_GROUP: ReadonlySet<string> = new Set(['CONSENT_MISSING', 'GROUP_NOT_FOUND']);

const WHOLE_TENANT = { displayName: 'Everybody in the tenant', kind: 'unknown' } as const;

/** Of one person what the groups showed; being one of everybody is no membership. */
export interface ReadPerson {
  readonly id: string;
  readonly attributes: UserAttributes | null;
  readonly groupIds: readonly string[];
}

/** The people of some groups, each once, as Graph lists them now. One group that cannot be read does not stop the others. */
export class PeopleReader {
  readonly people = new Map<string, { attributes: UserAttributes | null; groupIds: string[] }>();

  constructor(private readonly graph: PreviewGraph) {}

  /** Throws what is wrong with the credential or with Graph itself: then there is nothing to show. */
  async read(groupId: string): Promise<PreviewedGroup> {
    const { displayName, kind } = groupId === EVERYBODY ? WHOLE_TENANT : await this.graph.group(groupId);
    const inEntra = await this.graph.memberCount(groupId);
    const members: Partial<Record<MemberType, number>> = {};
    const counted = { unreadable: 0, complete: true };
    try {
      for await (const page of this.graph.members(groupId)) {
        counted.unreadable += this.take(groupId, page, members);
        if (page.nextLink === null || this.people.size < MOST_PEOPLE) continue;
        counted.complete = false;
        break;
      }
    } catch (error) {
      if (!isCodedError(error) || !OF_ONE_GROUP.has(error.code)) throw error;
      return {
        ...{ id: groupId, displayName, kind, inEntra, members, unreadable: counted.unreadable, complete: false },
        problems: [{ code: error.code, message: error.message }],
      };
    }
    return { id: groupId, displayName, kind, inEntra, members, ...counted, problems: problemsOf(members, counted) };
  }

  private take(groupId: string, page: MembersPage, members: Partial<Record<MemberType, number>>): number {
    for (const { id, type, unreadable, attributes } of page.members) {
      members[type] = (members[type] ?? 0) + 1;
      if (type !== 'user' && type !== 'unknown') continue;
      const known = this.people.get(id) ?? { attributes: unreadable ? null : attributes, groupIds: [] };
      if (groupId !== EVERYBODY && !known.groupIds.includes(groupId)) known.groupIds.push(groupId);
      this.people.set(id, known);
    }
    return page.members.filter(({ type, unreadable }) => type === 'user' && unreadable).length;
  }
}

function problemsOf(
  members: Partial<Record<MemberType, number>>,
  { unreadable }: { readonly unreadable: number },
): { code: string; message: string }[] {
  const total = Object.values(members).reduce((sum, count) => sum + count, 0);
  const inner = members.group ?? 0;
  return [
    ...(total === 0 ? [{ code: 'GROUP_EMPTY', message: 'Entra shows nobody in this group.' }] : []),
    ...(inner > 0
      ? [
          {
            code: 'GROUP_CONTAINS_GROUPS',
            message: `The group contains ${inner} other group${inner === 1 ? '' : 's'}: their members do not come.`,
          },
        ]
      : []),
    ...(unreadable > 0
      ? [
          {
            code: 'MEMBERS_UNREADABLE',
            message: `The application may not read ${unreadable} of the people in this group.`,
          },
        ]
      : []),
  ];
}
