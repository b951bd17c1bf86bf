import type { DirectoryObject } from '../tenant/directory-object.js';
import type { DirectoryView } from '../tenant/directory-view.js';
import type { JournalEntry } from '../tenant/change.js';
import type { Presented } from '../odata/select.js';
import { presentMemberEvents, type MemberEvent } from './member-delta.js';
import { presentTracked, removedObject } from './present-tracked.js';
import type { Round, RoundOptions, RoundPage } from './round.js';

/** One occurrence of a group in a round: with its properties the first time, then slices of its members. */
interface Occurrence {
  readonly group: DirectoryObject;
  readonly changed: ReadonlySet<string> | 'all' | 'none';
  readonly members: readonly MemberEvent[] | undefined;
}

interface GroupStory {
  readonly changed: Set<string>;
  isNew: boolean;
  readonly members: Map<number, { isMember: boolean; both: boolean }>;
}

/** Groups as they are at `view`, each with all its members: the first round of a chain. */
export function initialGroupRound(view: DirectoryView, options: RoundOptions): Round {
  const groups = [...view.scan('group', 0)].filter((group) => isWanted(group, options));
  return new GroupRound(
    view,
    groups.flatMap((group) => slices(group, 'all', tracksMembers(options) ? allMembers(view, group) : [], options)),
    options,
  );
}

/** What these entries did to groups; `view` is the directory right after the last of them. */
export function changedGroupRound(view: DirectoryView, entries: Iterable<JournalEntry>, options: RoundOptions): Round {
  const stories = new Map<number, GroupStory>();
  for (const entry of entries) tell(stories, entry, options, (handle) => view.object(handle)?.kind === 'group');
  const occurrences: Occurrence[] = [];
  for (const [handle, story] of stories) {
    const group = view.object(handle);
    if (!group || !isWanted(group, options)) continue;
    if (group.state !== 'active') occurrences.push({ group, changed: 'none', members: undefined });
    else if (story.isNew)
      occurrences.push(...slices(group, 'all', tracksMembers(options) ? allMembers(view, group) : [], options));
    else occurrences.push(...changedSlices(group, story, options));
  }
  return new GroupRound(view, occurrences, options);
}

class GroupRound implements Round {
  readonly #occurrences: readonly Occurrence[];

  constructor(
    private readonly view: DirectoryView,
    occurrences: readonly Occurrence[],
    private readonly options: RoundOptions,
  ) {
    this.#occurrences = apart(occurrences);
  }

  /** A page is full at `pageSize` objects or when its slices together reach `sliceSize` members. */
  page(position: number): RoundPage {
    const value: Presented[] = [];
    let members = 0;
    let at = position;
    for (; at < this.#occurrences.length && value.length < this.options.pageSize && members < this.options.sliceSize; at++) {
      const occurrence = this.#occurrences[at];
      if (!occurrence) break;
      value.push(this.#present(occurrence));
      members += occurrence.members?.length ?? 0;
    }
    return { value, next: at < this.#occurrences.length ? at : null };
  }

  #present({ group, changed, members }: Occurrence): Presented {
    if (group.state !== 'active') return removedObject(group);
    const presented = changed === 'none' ? { id: group.id } : presentTracked(group, this.options, changed);
    if (!members || members.length === 0) return presented;
    return { ...presented, 'members@delta': presentMemberEvents(this.view, members, this.options.tellBoth) };
  }
}

function tell(
  stories: Map<number, GroupStory>,
  { change }: JournalEntry,
  options: RoundOptions,
  isGroup: (handle: number) => boolean,
): void {
  const storyOf = (handle: number): GroupStory => {
    const story = stories.get(handle) ?? {
      changed: new Set<string>(),
      isNew: false,
      members: new Map<number, { isMember: boolean; both: boolean }>(),
    };
    stories.set(handle, story);
    return story;
  };
  const member = (group: number, handle: number, isMember: boolean): void => {
    const { members } = storyOf(group);
    const before = members.get(handle);
    members.set(handle, { isMember, both: before?.both === true || (before !== undefined && before.isMember !== isMember) });
  };
  switch (change.kind) {
    case 'created':
    case 'state':
      if (isGroup(change.handle)) storyOf(change.handle).isNew = true;
      return;
    case 'updated':
      if (isGroup(change.handle)) for (const name of Object.keys(change.after)) storyOf(change.handle).changed.add(name);
      return;
    case 'memberAdded':
    case 'memberRemoved':
      if (tracksMembers(options) && (change.byDeletion !== true || options.tellDeletedMembers))
        member(change.group, change.member, change.kind === 'memberAdded');
      return;
    case 'membersAdded':
      if (tracksMembers(options))
        for (let offset = 0; offset < change.count; offset++) member(change.group, change.from + offset, true);
      return;
    case 'populated':
      return;
  }
}

function changedSlices(group: DirectoryObject, story: GroupStory, options: RoundOptions): Occurrence[] {
  const tracked = [...story.changed].some((name) => options.select === undefined || options.select.includes(name));
  if (!tracked && story.members.size === 0) return [];
  const members = [...story.members].map(([handle, event]) => ({ handle, ...event }));
  return slices(group, story.changed, members, options);
}

function slices(
  group: DirectoryObject,
  changed: ReadonlySet<string> | 'all',
  members: readonly MemberEvent[],
  { sliceSize }: RoundOptions,
): Occurrence[] {
  const first = { group, changed, members: members.slice(0, sliceSize) };
  const rest: Occurrence[] = [];
  for (let at = sliceSize; at < members.length; at += sliceSize)
    rest.push({ group, changed: 'none', members: members.slice(at, at + sliceSize) });
  return [first, ...rest];
}

/** Slices of one group do not stand side by side: first every group once, then the second slices, and so on. */
function apart(occurrences: readonly Occurrence[]): Occurrence[] {
  const seen = new Map<number, number>();
  const ranked = occurrences.map((occurrence) => {
    const rank = seen.get(occurrence.group.handle) ?? 0;
    seen.set(occurrence.group.handle, rank + 1);
    return { occurrence, rank };
  });
  return ranked.sort((left, right) => left.rank - right.rank).map(({ occurrence }) => occurrence);
}

function allMembers(view: DirectoryView, group: DirectoryObject): MemberEvent[] {
  return [...view.members(group.handle)].map((handle) => ({ handle, isMember: true, both: false }));
}

function tracksMembers({ select }: RoundOptions): boolean {
  return select === undefined || select.includes('members');
}

function isWanted(group: DirectoryObject, { ids }: RoundOptions): boolean {
  return ids === undefined || ids.has(group.id);
}
