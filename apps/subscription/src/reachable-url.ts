const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Where the Graph at this address reaches our webhook; null where it cannot. A loopback address is of use to a Graph on this machine
 * only: for all others a connection then runs in polling mode.
 */
export function reachableUrl(publicUrl: string | null, graphBaseUrl: string): string | null {
  if (publicUrl === null) return null;
  if (!isLoopback(publicUrl)) return publicUrl;
  return isLoopback(graphBaseUrl) ? publicUrl : null;
}

function isLoopback(address: string): boolean {
  return LOOPBACK.test(new URL(address).hostname);
}
