import { FIRST_MEMBER_ID, type Actor } from '#connections';

/** The member on whose behalf somebody asks; the API token is the bootstrap super admin's. */
export function memberOf({ kind, id }: Actor): string {
  return kind === 'person' ? id : FIRST_MEMBER_ID;
}
