import type { Attributes, DirectoryObject } from './directory-object.js';
import { familyNames, givenNames } from './names.js';

/** A run of users made by one call. They exist as this record alone: each is computed from its index when somebody asks. */
export interface PopulationSpec {
  readonly firstHandle: number;
  readonly count: number;
  /** The first 28 characters of every id, `xxxxxxxx-xxxx-4xxx-8xxx-xxxx`. */
  readonly idPrefix: string;
  readonly domain: string;
  readonly createdDateTime: string;
}

const SCRAMBLE = 0x9e3779b1;
const UNSCRAMBLE = inverseModulo32(SCRAMBLE);

export function populationId(spec: PopulationSpec, index: number): string {
  const scrambled = Math.imul(index + 1, SCRAMBLE) >>> 0;
  return spec.idPrefix + scrambled.toString(16).padStart(8, '0');
}

/** The index of the user with this id, or undefined for an id of somebody else. */
export function populationIndexOf(spec: PopulationSpec, id: string): number | undefined {
  if (id.length !== 36 || !id.startsWith(spec.idPrefix)) return undefined;
  const scrambled = Number.parseInt(id.slice(28), 16);
  const index = (Math.imul(scrambled, UNSCRAMBLE) >>> 0) - 1;
  return index >= 0 && index < spec.count ? index : undefined;
}

/** The index of the user whose address is `given.family.<index>@domain`, which is the form of every generated address. */
export function populationIndexOfAddress(spec: PopulationSpec, address: string): number | undefined {
  const match = /^[^@]*\.(\d+)@(.+)$/.exec(address);
  if (!match || match[2]?.toLowerCase() !== spec.domain) return undefined;
  const index = Number(match[1]) - spec.firstHandle;
  if (!Number.isInteger(index) || index < 0 || index >= spec.count) return undefined;
  return populationAttributes(spec, index)['userPrincipalName'] === address.toLowerCase() ? index : undefined;
}

export function populationUser(spec: PopulationSpec, index: number): DirectoryObject {
  return {
    handle: spec.firstHandle + index,
    id: populationId(spec, index),
    kind: 'user',
    state: 'active',
    attributes: populationAttributes(spec, index),
  };
}

function populationAttributes(spec: PopulationSpec, index: number): Attributes {
  const given = givenNames[index % givenNames.length] ?? 'Robin';
  const family = familyNames[Math.floor(index / givenNames.length) % familyNames.length] ?? 'Reed';
  const address = `${given}.${family}.${spec.firstHandle + index}@${spec.domain}`.toLowerCase();
  return {
    accountEnabled: true,
    displayName: `${given} ${family}`,
    givenName: given,
    surname: family,
    mail: address,
    userPrincipalName: address,
    userType: 'Member',
    createdDateTime: spec.createdDateTime,
  };
}

/** Multiplication by an odd number modulo 2^32 has an inverse (Newton's iteration doubles the correct bits each step). */
function inverseModulo32(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 5; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse >>> 0;
}
