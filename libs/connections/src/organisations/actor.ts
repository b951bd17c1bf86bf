import type { Role } from './roles.js';

/** Whoever gives a command: a signed-in member, the holder of an API token, or a part of Rollcall itself. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'system';
  /** The member's id, the token's name, or the part's name. */
  readonly id: string;
  readonly organisationId: string;
  readonly role: Role;
  /** The tenant in which the session's token showed a Global Administrator. */
  readonly globalAdministratorOf?: string;
}

/** Rollcall acting by itself in an organisation, such as the keeper that quarantines a connection. */
export function systemActor(part: string, organisationId: string): Actor {
  return { kind: 'system', id: part, organisationId, role: 'superAdmin' };
}
