import { describe, expect, it } from 'vitest';
import { normalisePath } from './graph-path.js';

describe('a path', () => {
  it.each([
    ['/groups/x/members', ['groups', 'x', 'members']],
    ['/groups/delta()', ['groups', 'delta']],
    ['/groups/microsoft.graph.delta', ['groups', 'delta']],
    ['/groups/microsoft.graph.delta()', ['groups', 'delta']],
    ["/groups('x')/members", ['groups', 'x', 'members']],
    ["/groups(uniqueName='a''b')", ['groups', "uniqueName=a'b"]],
    ["/users(userPrincipalName='a@b.c')", ['users', 'a@b.c']],
    ['/users/a_b.c%23EXT%23@d.e', ['users', 'a_b.c#EXT#@d.e']],
    ['/users/x/microsoft.graph.checkMemberGroups', ['users', 'x', 'checkMemberGroups']],
    ['/groups/x/members/%24count', ['groups', 'x', 'members', '$count']],
  ])('%s has one spelling', (path, segments) => {
    expect(normalisePath(path)).toEqual(segments);
  });
});
