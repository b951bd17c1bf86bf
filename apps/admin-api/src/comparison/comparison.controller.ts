import { Get, Headers, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { getConnection, type Actor } from '#connections';
import { rollcallIdSchema } from '#contracts';
import { comparisonSides, everyCompared, plannedActions, showComparison } from '#runs';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { csvFile, formatSchema, wantsCsv } from '../http/csv.js';
import { pageQuery, pageSchema } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { presentReason } from '../http/reason.presenter.js';
import { instantSchema, reasonSchema } from '../http/schemas.js';
import { RollcallIdPipe } from '../http/validation.js';
import { toOpenApiSchema } from '../openapi/to-open-api-schema.js';
import { comparisonCsv } from './comparison-csv.js';

const sideSchema = z.enum(comparisonSides);
const comparisonQuery = z.strictObject({ ...pageQuery, side: sideSchema.optional(), format: formatSchema });
const fieldsSchema = z.record(z.string(), z.unknown()).nullable();

// Written out, not referred to: an answer of several media types is described by hand.
const rowSchema = z.object({
  id: rollcallIdSchema,
  side: sideSchema,
  action: z.enum(plannedActions),
  entraObjectId: z.string(),
  displayName: z.string().nullable(),
  accountId: rollcallIdSchema.nullable(),
  groupId: z.string().nullable(),
  before: fieldsSchema,
  after: fieldsSchema,
  reason: z.object(reasonSchema.shape).nullable(),
});

const comparisonSchema = pageSchema(rowSchema).extend({
  run: z
    .object({ id: rollcallIdSchema, comparedAt: instantSchema, unreadGroupIds: z.array(z.string()) })
    .nullable()
    .meta({ description: 'The newest complete read; null where there is none yet' }),
  counts: z.object({ onlyInEntra: z.int(), different: z.int(), onlyHere: z.int() }).meta({ description: 'People per side' }),
  unconfirmed: z.int().meta({ description: 'Members whom the read did not list and whose own side did not agree' }),
});
const json = toOpenApiSchema(comparisonSchema, { schemaType: 'output' })?.schema ?? {};

/** What Entra and we see differently. */
@AdminController('connections')
export class ComparisonController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get(':id/comparison')
  @Requires('sync.read')
  @ApiOkResponse({
    description: 'By Accept: a page of the comparison with its counts, or all of it as a file',
    content: { 'application/json': { schema: json }, 'text/csv': { schema: { type: 'string' } } },
  })
  async compare(
    @By() { organisationId }: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Query({ schema: comparisonQuery }) query: z.output<typeof comparisonQuery>,
    @Headers('accept') accept: string | undefined,
  ): Promise<z.input<typeof comparisonSchema> | StreamableFile> {
    const { db } = this.services;
    await getConnection(db, organisationId, id);
    if (wantsCsv(query.format, accept))
      return csvFile(`comparison-${id}`, comparisonCsv(everyCompared(db, organisationId, id, query.side)));
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
