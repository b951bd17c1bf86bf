import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { getConnection, listConnections, type Actor, type Connection } from '#connections';
import { ListCursors } from '#contracts';
import { listGroupMembers, type GroupView } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { toPage, type Page } from '../http/page.js';
import { ProblemError } from '../http/problem.js';
import { presentReason } from '../http/reason.presenter.js';
import { invalid } from '../http/validation.js';
import type { ListGroupsQuery, MemberAnswer } from './group.schemas.js';
import { groupsOf } from './groups-of.js';

/** An organisation has few connections; more than this are not looked through for a group. */
const CONNECTIONS = 1_000;

const cursors = new ListCursors('groups', z.int32().min(0));

/** Shows groups and who is in them. A group id is Entra's: two connections to one tenant may both watch it. */
@Injectable()
export class GroupDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list(actor: Actor, { connectionId, cursor, limit }: ListGroupsQuery): Promise<Page<GroupView>> {
    const after = cursors.decode(cursor) ?? 0;
    const groups = await this.groupsOf(actor, connectionId);
    const page = groups.slice(after, after + limit + 1);
    return toPage(
      page,
      limit,
      (group) => group,
      cursors,
      () => after + limit,
    );
  }

  async members(actor: Actor, groupId: string, { connectionId, cursor, limit }: ListGroupsQuery): Promise<Page<MemberAnswer>> {
    const { organisationId } = actor;
    const owner = await this.connectionOf(actor, groupId, connectionId);
    const { items, nextCursor } = await listGroupMembers(this.services.db, organisationId, owner, groupId, { cursor, limit });
    return {
      items: items.map((member) => ({ ...member, skipped: member.skipped === null ? null : presentReason(member.skipped) })),
      nextCursor,
    };
  }

  private async connectionOf(actor: Actor, groupId: string, connectionId: string | undefined): Promise<string> {
    const groups = await this.groupsOf(actor, connectionId);
    const owners = groups.filter((group) => group.id === groupId).map((group) => group.connectionId);
    const [owner] = owners;
    if (owner === undefined) throw new ProblemError('NOT_FOUND', `No connection knows the group ${groupId}.`);
    if (owners.length > 1)
      throw invalid([{ field: 'connectionId', message: 'must be given: several connections know this group' }]);
    return owner;
  }

  private async groupsOf(actor: Actor, connectionId: string | undefined): Promise<GroupView[]> {
    return groupsOf(this.services.db, actor.organisationId, await this.connections(actor, connectionId));
  }

  private async connections(actor: Actor, connectionId: string | undefined): Promise<Connection[]> {
    if (connectionId !== undefined) return [await getConnection(this.services.db, actor.organisationId, connectionId)];
    return listConnections(this.services.db, actor.organisationId, { limit: CONNECTIONS });
  }
}
