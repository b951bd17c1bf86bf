/** Who stands behind an access token. `tokenExpiresAt` in milliseconds of the simulated clock. */
export interface Caller {
  readonly clientId: string;
  readonly servicePrincipalId: string;
  readonly roles: ReadonlySet<string>;
  readonly tokenExpiresAt: number;
}
