import type { Connection } from '#connections';
import { presentReason } from '../http/reason.presenter.js';
import type { ConnectionAnswer } from './connection.schemas.js';

/** A connection as the API shows it. The secret is not even in what this is made of. */
export function presentConnection(connection: Connection): ConnectionAnswer {
  const { credential } = connection;
  return {
    id: connection.id,
    organisationId: connection.organisationId,
    name: connection.name,
    tenantId: connection.tenantId,
    cloud: connection.cloud,
    state: connection.state,
    reason: connection.reason === null ? null : presentReason(connection.reason.code, connection.reason.message),
    nextTryAt: connection.nextTryAt?.toISOString() ?? null,
    credential: {
      kind: 'clientSecret',
      clientId: connection.clientId,
      expiresAt: credential.expiresAt?.toISOString() ?? null,
      problem: credential.code === null ? null : presentReason(credential.code),
      failedAt: credential.failedAt?.toISOString() ?? null,
    },
    scope: connection.settings.scope,
    settings: connection.settings,
    watchedGroups: connection.watchedGroups.map(({ id, displayName }) => ({ id, displayName })),
    version: connection.version,
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  };
}
