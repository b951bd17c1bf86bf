import { Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { getConnection, type Actor } from '#connections';
import { rollcallIdSchema } from '#contracts';
import { comparisonSides, plannedActions, showComparison } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { pageQuery, pageSchema } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { presentReason } from '../http/reason.presenter.js';
import { instantSchema, reasonSchema } from '../http/schemas.js';
import { RollcallIdPipe } from '../http/validation.js';

const sideSchema = z.enum(comparisonSides);
const comparisonQuery = z.strictObject({ ...pageQuery, side: sideSchema.optional() });
const fieldsSchema = z.record(z.string(), z.unknown()).nullable();

const rowSchema = z
  .object({
    id: rollcallIdSchema,
    side: sideSchema,
    action: z.enum(plannedActions),
    entraObjectId: z.string(),
    displayName: z.string().nullable(),
    accountId: rollcallIdSchema.nullable(),
    groupId: z.string().nullable(),
    before: fieldsSchema,
    after: fieldsSchema,
    reason: reasonSchema.nullable(),
  })
  .meta({ id: 'ComparedRow' });

const comparisonSchema = pageSchema(rowSchema)
  .extend({
    run: z
      .object({ id: rollcallIdSchema, comparedAt: instantSchema, unreadGroupIds: z.array(z.string()) })
      .nullable()
      .meta({ description: 'The newest complete read; null where there is none yet' }),
    counts: z.object({ onlyInEntra: z.int(), different: z.int(), onlyHere: z.int() }).meta({ description: 'People per side' }),
    unconfirmed: z.int().meta({ description: 'Members whom the read did not list and whose own side did not agree' }),
  })
  .meta({ id: 'Comparison' });

/** What Entra and we see differently. */
@AdminController('connections')
export class ComparisonController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get(':id/comparison')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: comparisonSchema })
  async compare(
    @By() { organisationId }: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Query({ schema: comparisonQuery }) query: z.output<typeof comparisonQuery>,
  ): Promise<z.input<typeof comparisonSchema>> {
    const { db } = this.services;
    await getConnection(db, organisationId, id);
    const { run, counts, unconfirmed, items, nextCursor } = await showComparison(db, organisationId, id, query);
    return {
      run:
        run === null ? null : { id: run.id, comparedAt: run.comparedAt.toISOString(), unreadGroupIds: [...run.unreadGroupIds] },
      counts: { ...counts },
      unconfirmed,
      items: items.map(({ reason, ...row }) => ({
        ...row,
        reason: reason === null ? null : presentReason(reason.code, reason.message),
      })),
      nextCursor,
    };
  }
}
