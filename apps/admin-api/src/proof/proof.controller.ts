import { Get, Headers, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { csvFile, wantsCsv } from '../http/csv.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { toOpenApiSchema } from '../openapi/to-open-api-schema.js';
import { ProofDesk } from './proof-desk.js';
import { proofQuery, proofSchema, type ProofAnswer, type ProofQuery } from './proof.schemas.js';

const json = toOpenApiSchema(proofSchema, { schemaType: 'output' })?.schema ?? {};

/** The proof that a run leaves at its end: each group's complete read against the accounts. */
@AdminController('sync-runs')
export class ProofController {
  constructor(@Inject(ProofDesk) private readonly desk: ProofDesk) {}

  @Get(':id/proof')
  @Requires('sync.read')
  @ApiOkResponse({
    description: 'By Accept: a page of the proof, or all of it as a file',
    content: { 'application/json': { schema: json }, 'text/csv': { schema: { type: 'string' } } },
  })
  async show(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Query({ schema: proofQuery }) query: ProofQuery,
    @Headers('accept') accept: string | undefined,
  ): Promise<ProofAnswer | StreamableFile> {
    if (!wantsCsv(query.format, accept)) return this.desk.show(actor, id, query);
    return csvFile(`proof-${id}`, await this.desk.download(actor, id, query.groupId));
  }
}
