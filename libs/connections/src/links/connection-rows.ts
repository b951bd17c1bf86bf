import { connectionSettingsSchema, type ConnectionSettings, type ConnectionState } from '#contracts';
import type { Cloud } from '#graph-client';
import type { Connection, WatchedGroup } from './connection.js';

export interface ConnectionRow {
  id: string;
  organisation_id: string;
  name: string;
  tenant_id: string;
  client_id: string;
  cloud: Cloud;
  state: ConnectionState;
  reason_code: string | null;
  reason_message: string | null;
  next_try_at: Date | null;
  settings: unknown;
  version: number;
  credential_version: number;
  credential_expires_at: Date | null;
  credential_code: string | null;
  credential_failed_at: Date | null;
  created_at: Date;
  updated_at: Date;
  watched: WatchedGroup[];
}

/** All columns that a `Connection` is made of, for `FROM connections.connections c`. */
export const CONNECTION_COLUMNS = `
  c.id, c.organisation_id, c.name, c.tenant_id, c.client_id, c.cloud, c.state, c.reason_code, c.reason_message, c.next_try_at,
  c.settings, c.version, c.credential_version, c.credential_expires_at, c.credential_code, c.credential_failed_at,
  c.created_at, c.updated_at,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', g.group_id, 'displayName', g.display_name) ORDER BY g.added_at, g.group_id)
            FROM connections.watched_groups g WHERE g.connection_id = c.id), '[]') AS watched`;

export function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    name: row.name,
    tenantId: row.tenant_id,
    clientId: row.client_id,
    cloud: row.cloud,
    state: row.state,
    reason: row.reason_code === null ? null : { code: row.reason_code, message: row.reason_message ?? '' },
    nextTryAt: row.next_try_at,
    settings: storedSettings(row.settings, row.watched),
    watchedGroups: row.watched,
    credential: {
      version: row.credential_version,
      expiresAt: row.credential_expires_at,
      code: row.credential_code,
      failedAt: row.credential_failed_at,
    },
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A setting that came after the row was written gets its default; the groups live in a table of their own. */
function storedSettings(stored: unknown, watched: readonly WatchedGroup[]): ConnectionSettings {
  const settings = connectionSettingsSchema.parse(stored);
  return { ...settings, scope: { ...settings.scope, groups: watched.map((group) => group.id) } };
}
