/** Which application permissions open which door, as Microsoft lists them (sheet 2.8), higher ones included. */
export const permissions = {
  readGroups: among(
    'Group.ReadBasic.All GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  ),
  readMembers: among(`GroupMember.ReadBasic.All Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadWrite.All Group.Read.All
    Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All`),
  readOwners: among('GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All'),
  hiddenMembers: among('Member.Read.Hidden'),
  watchGroups: among('Group.Read.All Group.ReadWrite.All'),
  writeGroups: among('Group.ReadWrite.All Directory.ReadWrite.All'),
  writeMembers: among('GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All'),
  readUsers: among('User.ReadBasic.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All'),
  readUsersFully: among('User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All'),
  watchUsers: among('User.Read.All User.ReadWrite.All'),
  writeUsers: among('User.ReadWrite.All Directory.ReadWrite.All'),
  restoreUsers: among('User.DeleteRestore.All User.ReadWrite.All Directory.ReadWrite.All'),
  restoreGroups: among('Group.ReadWrite.All Directory.ReadWrite.All'),
  readDevices: among('Device.Read.All Directory.Read.All Directory.ReadWrite.All'),
  readContacts: among('OrgContact.Read.All Directory.Read.All Directory.ReadWrite.All'),
  readOrganization: among('Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All'),
  readMemberOf: among('GroupMember.ReadBasic.All Group.ReadBasic.All Directory.Read.All Directory.ReadWrite.All'),
  readTransitiveMemberOf: among(
    'User.Read.All GroupMember.Read.All Group.Read.All Group.ReadWrite.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  ),
  checkMembership: among(
    'User.Read.All User.ReadWrite.All GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  ),
  readObjects: among('Directory.Read.All Directory.ReadWrite.All'),
} as const;

export function hasAny(roles: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((role) => roles.has(role));
}

function among(names: string): readonly string[] {
  return names.trim().split(/\s+/);
}
