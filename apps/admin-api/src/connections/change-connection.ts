import { Inject, Injectable } from '@nestjs/common';
import {
  ConnectionChangedError,
  findOrganisation,
  getConnection,
  mergePatch,
  mergeSettings,
  patchConnection,
  type Actor,
  type Connection,
  type ConnectionPatch,
  type WatchedGroup,
} from '#connections';
import type { GraphClient } from '#graph-client';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { assertMatches } from '../http/entity-tag.js';
import type { PatchConnectionBody } from './connection.schemas.js';
import { GraphAccess } from './graph-access.js';
import { asGroupId, resolveGroups } from './resolve-groups.js';

const TRIES = 3;

/** PATCH of a connection: merge, ask Graph what must be asked, then write against the version that was read. */
@Injectable()
export class ChangeConnection {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  /** Without `If-Match` a change that came between is merged over; with it, it is a 412. */
  async patch(actor: Actor, connectionId: string, body: PatchConnectionBody, ifMatch: string | undefined): Promise<Connection> {
    for (let attempt = 1; ; attempt += 1) {
      const current = await getConnection(this.services.db, actor.organisationId, connectionId);
      assertMatches(ifMatch, current.version);
      const patch = await this.prepare(current, body);
      try {
        return await this.services.db.transaction((tx) =>
          patchConnection(tx, actor, connectionId, patch, current.version, this.services.secretBox),
        );
      } catch (error) {
        if (!(error instanceof ConnectionChangedError) || ifMatch !== undefined || attempt === TRIES) throw error;
      }
    }
  }

  private async prepare(current: Connection, body: PatchConnectionBody): Promise<ConnectionPatch> {
    const settings = mergeSettings(
      current.settings,
      mergePatch(body.settings ?? {}, body.scope === undefined ? {} : { scope: body.scope }),
      (await findOrganisation(this.services.db, current.organisationId))?.timeZone,
    );
    const wanted = new Wanted(current, settings.scope.groups);
    const watchedGroups = await this.askGraph(current, body, wanted);
    return {
      settings,
      watchedGroups,
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.credential === undefined ? {} : { credential: toCredential(body.credential) }),
    };
  }

  /** A new secret must get a token before it replaces the old; a new group of a live connection, and any name, must be found. */
  private async askGraph(current: Connection, body: PatchConnectionBody, wanted: Wanted): Promise<WatchedGroup[]> {
    const unproved = wanted.unproved();
    if (body.credential !== undefined) {
      const { tenantId, cloud, clientId } = current;
      const { clientSecret } = body.credential;
      return this.graph.withUnsaved({ tenantId, cloud, clientId, clientSecret }, async (client) => {
        await client.token({ fresh: true });
        return wanted.groups(await findAll(client, unproved));
      });
    }
    if (unproved.length === 0) return wanted.groups(new Map());
    return this.graph.withStored(current.id, async (client) => wanted.groups(await findAll(client, unproved)));
  }
}

/** The groups that a PATCH leads to, and which of them Graph has to be asked about. */
class Wanted {
  private readonly known: ReadonlyMap<string, WatchedGroup>;

  constructor(
    private readonly current: Connection,
    private readonly entries: readonly string[],
  ) {
    this.known = new Map(current.watchedGroups.map((group) => [group.id, group]));
  }

  unproved(): string[] {
    const isLive = this.current.state === 'enabled' || this.current.state === 'quarantined';
    return this.entries.filter((entry) => {
      const id = asGroupId(entry);
      return id === null || (isLive && !this.known.has(id));
    });
  }

  groups(found: ReadonlyMap<string, WatchedGroup>): WatchedGroup[] {
    const groups = this.entries.map((entry) => {
      const id = asGroupId(entry) ?? '';
      return found.get(entry) ?? this.known.get(id) ?? { id, displayName: null };
    });
    return [...new Map(groups.map((group) => [group.id, group])).values()];
  }
}

async function findAll(client: GraphClient, entries: readonly string[]): Promise<Map<string, WatchedGroup>> {
  const found = new Map<string, WatchedGroup>();
  for (const entry of entries) {
    const [group] = await resolveGroups(client, [entry]);
    if (group !== undefined) found.set(entry, group);
  }
  return found;
}

function toCredential({ clientSecret, expiresAt }: { clientSecret: string; expiresAt: string | null }) {
  return { clientSecret, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
