/** The simulated tenant that this process runs, as far as the console shows and changes it; only standalone has one. */
export interface SimulatedTenant {
  readonly tenantId: string;
  /** Where it is changed by hand. */
  readonly pageUrl: string;
  /** Lets three newcomers join a group and renames two of its members: something for a full sync to find. */
  changeSome(groupId: string): SimulatedChanges;
}

/** Whom it concerned, by name. */
export interface SimulatedChanges {
  readonly newcomers: readonly string[];
  readonly renamed: readonly string[];
}
