import type { DirectoryView } from '../tenant/directory-view.js';

/** All members at every depth, each once, the nested groups themselves among them. Circles end. */
export function transitiveMembers(view: DirectoryView, group: number): number[] {
  const found = new Set<number>();
  const open = [group];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const member of view.members(next)) {
      const object = view.active(member);
      if (!object || found.has(member)) continue;
      found.add(member);
      if (object.kind === 'group') open.push(member);
    }
  }
  return [...found];
}

/** Every group that the object is in, directly or through others. */
export function transitiveGroupsOf(view: DirectoryView, member: number): number[] {
  const found = new Set<number>();
  const open = [member];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const group of view.groupsOf(next)) {
      if (found.has(group)) continue;
      found.add(group);
      open.push(group);
    }
  }
  return [...found];
}
