import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { getConnection, mergePatch, mergeSettings, validateSettings, type Actor, type Connection } from '#connections';
import { EVERYBODY, type ConnectionSettings } from '#contracts';
import type { GraphClient } from '#graph-client';
import { previewPeople, type Preview, type PreviewedPerson } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { endedConnections } from '../connections/ended-connections.js';
import { GraphAccess } from '../connections/graph-access.js';
import { resolveGroups } from '../connections/resolve-groups.js';
import { presentReason } from '../http/reason.presenter.js';
import { invalid } from '../http/validation.js';
import type { PreviewAnswer, PreviewBody, PreviewStoredBody } from './preview.schemas.js';

interface Asked {
  readonly connectionId: string;
  readonly settings: ConnectionSettings;
  readonly rows: number;
  /** Of a connection that is not there yet: whatever ended an earlier one of its tenant does not count. */
  readonly comesBack?: boolean;
}

/** Who would come, before anything is saved: nothing is stored, least of all the secret. */
@Injectable()
export class PreviewDesk {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(GraphAccess) private readonly graph: GraphAccess,
  ) {}

  async ofNew(actor: Actor, { tenantId, cloud, credential, ...body }: PreviewBody, rows: number): Promise<PreviewAnswer> {
    const settings = validateSettings(mergePatch(body.settings, { scope: body.scope }));
    const { clientId, clientSecret } = credential;
    // Connecting a tenant again finds the people that it had, with the newest of its connections that ended.
    const [ended] = await endedConnections(this.services.db, actor.organisationId, tenantId);
    const connectionId = ended?.id ?? randomUUID();
    return this.graph.withUnsaved({ tenantId, cloud, clientId, clientSecret }, (client) =>
      this.preview(actor, client, { connectionId, settings, rows, comesBack: true }),
    );
  }

  /** With the stored credential, unless the body brings another secret to try. */
  async ofStored(
    actor: Actor,
    connectionId: string,
    { credential, settings: changes = {}, scope, ...named }: PreviewStoredBody,
    rows: number,
  ): Promise<PreviewAnswer> {
    const stored = await getConnection(this.services.db, actor.organisationId, connectionId);
    demandSameTenant(stored, named);
    const settings = mergeSettings(stored.settings, mergePatch(changes, scope === undefined ? {} : { scope }));
    const work = (client: GraphClient) => this.preview(actor, client, { connectionId, settings, rows });
    if (credential === undefined) return this.graph.withStored(connectionId, work);
    const { tenantId, cloud } = stored;
    const { clientId = stored.clientId, clientSecret } = credential;
    return this.graph.withUnsaved({ tenantId, cloud, clientId, clientSecret }, work);
  }

  private async preview(
    { organisationId }: Actor,
    client: GraphClient,
    { connectionId, settings, rows, comesBack = false }: Asked,
  ): Promise<PreviewAnswer> {
    const { db, settleMs, clock } = this.services;
    await client.token({ fresh: true });
    const groups = await resolveGroups(client, settings.scope.groups);
    const watchedGroupIds = groups.map(({ id }) => id);
    const groupIds = settings.scope.mode === 'allUsers' ? [...watchedGroupIds, EVERYBODY] : watchedGroupIds;
    const effects = { live: true, run: true };
    const connection = { connectionId, organisationId, settings, watchedGroupIds, effects, comesBack };
    const rules = { connectionOf: () => Promise.resolve({ ...connection, state: 'created' as const }) };
    const tools = { db, graph: client, rules, settleMs, now: clock() };
    return present(await previewPeople(tools, { organisationId, connectionId, groupIds, rows }));
  }
}

/** A connection keeps its tenant for good: the preview of another one is that of a new connection. */
function demandSameTenant(stored: Connection, { tenantId, cloud }: Pick<PreviewStoredBody, 'tenantId' | 'cloud'>): void {
  const named = { tenantId: tenantId?.toLowerCase(), cloud };
  const others = (['tenantId', 'cloud'] as const).filter((field) => named[field] !== undefined && named[field] !== stored[field]);
  if (others.length > 0) throw invalid(others.map((field) => ({ field, message: 'is not that of this connection' })));
}

function present({ groups, complete, counts, skippedByReason, people, skipped }: Preview): PreviewAnswer {
  return {
    groups: groups.map(({ members, problems, ...group }) => ({
      ...group,
      members: { ...members },
      problems: problems.map(({ code, message }) => presentReason(code, message)),
    })),
    complete,
    counts: { ...counts },
    skippedByReason: { ...skippedByReason },
    people: people.map(presentPerson),
    skipped: skipped.map(presentPerson),
  };
}

function presentPerson({ code, groupIds, ...person }: PreviewedPerson): PreviewAnswer['people'][number] {
  return { ...person, groupIds: [...groupIds], reason: code === null ? null : presentReason(code) };
}
