import { Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { listAudit, type Actor } from '#connections';
import { ListCursors, rollcallIdSchema } from '#contracts';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { memberNames, namedMemberSchema } from '../http/member-names.js';
import { pageQuery, pageSchema, toPage, type Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { instantSchema } from '../http/schemas.js';

const auditQuery = z.strictObject({ ...pageQuery, connectionId: rollcallIdSchema.optional() });

const auditEntrySchema = z.object({
  id: z.int(),
  at: instantSchema,
  actor: namedMemberSchema.extend({ kind: z.string() }),
  connectionId: rollcallIdSchema.nullable(),
  action: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

const cursors = new ListCursors('audit', z.int());

/** Who changed which setting. */
@AdminController('audit')
export class AuditController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: pageSchema(auditEntrySchema) })
  async list(
    @By() { organisationId }: Actor,
    @Query({ schema: auditQuery }) { connectionId, limit, cursor }: z.output<typeof auditQuery>,
  ): Promise<Page<z.input<typeof auditEntrySchema>>> {
    const beforeId = cursors.decode(cursor);
    const { db } = this.services;
    const rows = await listAudit(db, organisationId, { connectionId, beforeId, limit: limit + 1 });
    const nameOf = await memberNames(db, organisationId);
    return toPage(
      rows,
      limit,
      ({ at, actor, ...entry }) => ({ ...entry, actor: { ...nameOf(actor.id), kind: actor.kind }, at: at.toISOString() }),
      cursors,
      (row) => row.id,
    );
  }
}
