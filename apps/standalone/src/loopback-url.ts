const EVERY_ADDRESS = /^(0\.0\.0\.0|\[::\])$/;

/** Where programs of this machine reach a process that listens at `address`: one that listens everywhere listens on loopback too. */
export function loopbackUrl(address: string): string {
  const { hostname, port } = new URL(address);
  return `http://${EVERY_ADDRESS.test(hostname) ? '127.0.0.1' : hostname}:${port}`;
}
