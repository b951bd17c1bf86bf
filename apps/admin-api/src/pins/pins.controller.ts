import { Delete, Get, HttpCode, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '#connections';
import { entraIdSchema, ownedFields, rollcallIdSchema } from '#contracts';
import { liftPin, listPins } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { memberNames } from '../http/member-names.js';
import { pageQuery, pageSchema, type Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { instantSchema } from '../http/schemas.js';
import { RollcallIdPipe } from '../http/validation.js';
import { peopleTools } from '../people-tools.js';

const listPinsQuery = z.strictObject({
  ...pageQuery,
  connectionId: rollcallIdSchema.optional(),
  groupId: entraIdSchema.optional(),
});

const pinSchema = z
  .object({
    id: rollcallIdSchema,
    connectionId: rollcallIdSchema,
    entraObjectId: z.string(),
    accountId: rollcallIdSchema.nullable(),
    displayName: z.string().nullable(),
    groupId: z.string().nullable(),
    keep: z.enum(['in', 'out']),
    field: z.enum(ownedFields).nullable(),
    refused: z.string().nullable(),
    reason: z.string(),
    pinnedBy: z.string(),
    /** Null for whoever never was a member, such as the API token. */
    pinnedByName: z.string().nullable(),
    pinnedAt: instantSchema,
  })
  .meta({ id: 'Pin' });

const liftedSchema = z.object({ id: rollcallIdSchema, state: z.literal('lifted') });

/** What was rejected or undone stays against the directory by a pin; lifting one lets sync follow again, through the guard. */
@AdminController('pins')
export class PinsController {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: pageSchema(pinSchema) })
  async list(
    @By() { organisationId }: Actor,
    @Query({ schema: listPinsQuery }) query: z.output<typeof listPinsQuery>,
  ): Promise<Page<z.input<typeof pinSchema>>> {
    const { db } = this.services;
    const { items, nextCursor } = await listPins(db, { organisationId, ...query });
    const nameOf = await memberNames(db, organisationId);
    return {
      items: items.map(({ pinnedAt, ...pin }) => ({
        ...pin,
        pinnedByName: nameOf(pin.pinnedBy).displayName,
        pinnedAt: pinnedAt.toISOString(),
      })),
      nextCursor,
    };
  }

  @Delete(':id')
  @HttpCode(200)
  @Requires('sync.approve')
  @ApiOkResponse({ standardSchema: liftedSchema })
  async lift(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<z.output<typeof liftedSchema>> {
    await this.services.db.transaction((tx) => liftPin(tx, peopleTools(this.services), actor, id));
    return { id, state: 'lifted' };
  }
}
