import { z } from 'zod';
import type { MemberType, UserAttributes } from '#contracts';
import type { DirectoryMember, DirectoryUser } from './directory-objects.js';
import { graphId } from './graph-ids.js';

const attributeFields = {
  displayName: z.string().nullish(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  otherMails: z.array(z.string()).nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
};

/** A person, or a member of another kind, of which only what was selected is there (Graph sheet 2.1, 2.4). */
export const userSchema = z.object({ '@odata.type': z.string().optional(), id: graphId, ...attributeFields });
export type RawUser = z.infer<typeof userSchema>;

const MEMBER_TYPES: ReadonlyMap<string, MemberType> = new Map([
  ['#microsoft.graph.user', 'user'],
  ['#microsoft.graph.group', 'group'],
  ['#microsoft.graph.device', 'device'],
  ['#microsoft.graph.orgcontact', 'orgContact'],
  ['#microsoft.graph.serviceprincipal', 'servicePrincipal'],
]);

export function memberType(odataType: string | undefined): MemberType {
  return MEMBER_TYPES.get((odataType ?? '').toLowerCase()) ?? 'unknown';
}

/** What was in the answer and only that: an absent property stays absent. Graph's null for a list means an empty one. */
export function readAttributes(raw: RawUser): UserAttributes {
  const { displayName, givenName, surname, mail, userPrincipalName, otherMails, accountEnabled, userType } = raw;
  return {
    ...(displayName === undefined ? {} : { displayName }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(surname === undefined ? {} : { surname }),
    ...(mail === undefined ? {} : { mail }),
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    ...(otherMails === undefined ? {} : { otherMails: otherMails ?? [] }),
    ...(accountEnabled === undefined ? {} : { accountEnabled }),
    ...(userType === undefined ? {} : { userType }),
  };
}

/** A person always has a userPrincipalName; where it was asked for and is null, the application may not read people (Graph sheet 2.1). */
export function toUser(raw: RawUser): DirectoryUser {
  const unreadable = raw.userPrincipalName === undefined || raw.userPrincipalName === null || raw.userPrincipalName === '';
  return { id: raw.id, unreadable, attributes: unreadable ? {} : readAttributes(raw) };
}

export function toMember(raw: RawUser): DirectoryMember {
  const type = memberType(raw['@odata.type']);
  if (type === 'user') return { type, ...toUser(raw) };
  const { displayName } = raw;
  return { type, id: raw.id, unreadable: false, attributes: displayName === undefined ? {} : { displayName } };
}
