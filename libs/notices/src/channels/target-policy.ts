import { BlockList, isIP } from 'node:net';
import { RulesInvalidError } from '../errors.js';

/** To where this installation posts. Loopback is for tests and for receivers on the same machine. */
export interface TargetPolicy {
  readonly allowLoopback: boolean;
}

const blocked = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  blocked.addSubnet(network, prefix, 'ipv4');
}
// Addresses that carry an IPv4 one (mapped, NAT64, 6to4, Teredo) are refused as a whole: no public receiver needs them.
for (const [network, prefix] of [
  ['::', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  blocked.addSubnet(network, prefix, 'ipv6');
}
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a resolved address may be connected to: a public one, or loopback where that is allowed. */
export function isAllowedAddress(address: string, { allowLoopback }: TargetPolicy): boolean {
  const plain = unmapped(address);
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0) return false;
  if (loopback.check(plain, family)) return allowLoopback;
  return !blocked.check(plain, family);
}

/** What is wrong with a target before anything is resolved; null when nothing is. Plain http is for loopback only. */
export function faultOfTarget(url: URL, policy: TargetPolicy): string | null {
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopbackName = host === 'localhost' || (isIP(host) !== 0 && loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4'));
  if (isLoopbackName) return policy.allowLoopback ? null : 'must not be an address of this machine';
  if (url.protocol !== 'https:') return 'must be an https address';
  if (isIP(host) !== 0 && !isAllowedAddress(host, policy)) return 'must not be an address of a private network';
  return null;
}

/** Throws `RulesInvalidError` for `field`. Names are resolved only when something is sent: they may change until then. */
export function assertAllowedTarget(field: string, url: string, policy: TargetPolicy): void {
  const fault = faultOfTarget(new URL(url), policy);
  if (fault !== null) throw new RulesInvalidError([{ field, message: fault }]);
}

function unmapped(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}
