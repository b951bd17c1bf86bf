/** `simulated` is the tenant that standalone starts by itself; the others are Microsoft's clouds (Graph sheet 1.5). */
export type Cloud = 'global' | 'usGovL4' | 'usGovL5' | 'china' | 'simulated';

/** Where a cloud is reached. Both addresses are origins: scheme, host and port, without path. */
export interface GraphEndpoints {
  readonly graphBaseUrl: string;
  readonly authorityHost: string;
  /** The one scope that app-only tokens are asked for: the resource's `/.default`. */
  readonly scope: string;
  /** PEM of a private certificate authority to trust instead of the system's. */
  readonly ca?: string;
}

export interface EndpointOverrides {
  readonly graphBaseUrl?: string;
  readonly authorityHost?: string;
  readonly simulated?: GraphEndpoints;
}

const MICROSOFT_CLOUDS: Readonly<Record<Exclude<Cloud, 'simulated'>, { graph: string; authority: string }>> = {
  global: { graph: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' },
  usGovL4: { graph: 'https://graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  usGovL5: { graph: 'https://dod-graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', authority: 'https://login.chinacloudapi.cn' },
};

/**
 * Resolves a connection's cloud. Overrides replace the addresses of all clouds but never the scope, which stays the cloud's own:
 * a proxy in front of Graph does not change what the token is for. Throws where an override is not an origin, or where
 * `simulated` is asked for and neither a simulated tenant nor overrides are known.
 */
export function cloudEndpoints(overrides: EndpointOverrides = {}): (cloud: Cloud) => GraphEndpoints {
  const graphBaseUrl = overrides.graphBaseUrl === undefined ? undefined : toOrigin(overrides.graphBaseUrl);
  const authorityHost = overrides.authorityHost === undefined ? undefined : toOrigin(overrides.authorityHost);
  return (cloud) => {
    if (cloud === 'simulated' && overrides.simulated !== undefined) return overrides.simulated;
    const known = MICROSOFT_CLOUDS[cloud === 'simulated' ? 'global' : cloud];
    if (cloud === 'simulated' && (graphBaseUrl === undefined || authorityHost === undefined)) {
      throw new RangeError('This process knows no simulated tenant.');
    }
    return {
      graphBaseUrl: graphBaseUrl ?? known.graph,
      authorityHost: authorityHost ?? known.authority,
      scope: `${known.graph}/.default`,
    };
  };
}

/** MSAL knows these hosts without asking; for any other it would call login.microsoftonline.com (Graph sheet 1.4). */
export function isMicrosoftAuthority(authorityHost: string): boolean {
  return Object.values(MICROSOFT_CLOUDS).some((cloud) => cloud.authority === authorityHost);
}

function toOrigin(address: string): string {
  const url = new URL(address);
  if (url.protocol !== 'https:') throw new RangeError(`${address} must begin with https://`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new RangeError(`${address} must be an origin: scheme, host and port, without path`);
  }
  return url.origin;
}
