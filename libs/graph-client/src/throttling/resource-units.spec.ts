import { expect, test } from 'vitest';
import { resourceUnits } from './resource-units.js';

test.each([
  ['/v1.0/users', 2],
  ['/v1.0/users?$select=id&$top=999', 1],
  ['/v1.0/users/x', 1],
  ['/v1.0/groups/g/members', 3],
  ['/v1.0/groups/g/members?$top=999&$select=id', 2],
  ['/v1.0/groups/g/members?$top=5&$select=id', 1],
  ['/v1.0/groups/g/transitiveMembers', 5],
  ['/v1.0/users/u/checkMemberGroups', 4],
  ['/v1.0/directoryObjects/getByIds?$select=id', 2],
  ['/v1.0/groups/delta?$deltatoken=x', 5],
  ['/v1.0/groups/delta()?$deltatoken=x', 5],
  ['/v1.0/groups/g?$expand=members', 2],
  ['/v1.0/subscriptions', 1],
])('%s costs %i', (path, units) => {
  expect(resourceUnits(new URL(path, 'https://graph.microsoft.com'))).toBe(units);
});
