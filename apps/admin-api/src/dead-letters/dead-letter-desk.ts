import { Inject, Injectable } from '@nestjs/common';
import { writeAudit, type Actor } from '#connections';
import { discardDeadLetter, listDeadLetters, replayDeadLetter } from '#messaging';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import type { Page } from '../http/page.js';
import { ProblemError } from '../http/problem.js';
import type { DeadLetterAnswer } from './dead-letter.schemas.js';

const SETTLE = { replayed: replayDeadLetter, discarded: discardDeadLetter } as const;

/** Shows the dead letters of the organisation, and replays or discards them. */
@Injectable()
export class DeadLetterDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list(
    { organisationId }: Actor,
    { connectionId, cursor, limit }: { connectionId?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<Page<DeadLetterAnswer>> {
    const { items, nextCursor } = await listDeadLetters(this.services.db, {
      organisationId,
      limit,
      ...(connectionId === undefined ? {} : { connectionId }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return {
      items: items.map(({ organisationId: _, key: __, firstAt, lastAt, ...letter }) => ({
        ...letter,
        firstAt: firstAt.toISOString(),
        lastAt: lastAt.toISOString(),
      })),
      nextCursor,
    };
  }

  async settle(actor: Actor, id: string, state: keyof typeof SETTLE): Promise<{ id: string; state: keyof typeof SETTLE }> {
    return this.services.db.transaction(async (tx) => {
      const result = await SETTLE[state](tx, { id, organisationId: actor.organisationId, actor: actor.id });
      if (result === 'not-found') throw new ProblemError('NOT_FOUND', `There is no dead letter ${id}.`);
      if (result === 'already-settled')
        throw new ProblemError('CONFLICT', `The dead letter ${id} was replayed or discarded already.`);
      await writeAudit(tx, actor, { action: `deadLetter.${state}`, connectionId: null, before: null, after: { id } });
      return { id, state };
    });
  }
}
