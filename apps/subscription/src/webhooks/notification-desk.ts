import { HttpException, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import type { Log } from '#contracts';
import { IntakeOverloadedError, IntakeUnavailableError, type Intake } from '#watch';
import { readBatch } from './read-batch.js';

/** Takes a posted batch to the intake and counts what became of its items. Shared by both webhooks: Graph may mix the kinds. */
@Injectable()
export class NotificationDesk {
  private readonly items: Counter<'outcome'>;
  private readonly refused: Counter<'reason'>;

  constructor(
    private readonly intake: Pick<Intake, 'accept'>,
    private readonly log: Log,
    registry: Registry,
  ) {
    const registers = [registry];
    this.items = new Counter({
      name: 'rollcall_webhook_items_total',
      help: 'Notification items by outcome',
      labelNames: ['outcome'],
      registers,
    });
    this.refused = new Counter({
      name: 'rollcall_webhook_refused_total',
      help: 'Notification requests that were not acknowledged',
      labelNames: ['reason'],
      registers,
    });
  }

  /** Resolves when everything good in the batch is durable. Throws 400, 415, or 503 so that Graph sends it again. */
  async take(key: string, contentType: string | undefined, body: unknown): Promise<void> {
    const items = this.read(contentType, body);
    try {
      const counts = await this.intake.accept(key, items);
      for (const [outcome, count] of Object.entries(counts)) this.items.inc({ outcome }, count);
    } catch (error) {
      if (!(error instanceof IntakeUnavailableError || error instanceof IntakeOverloadedError)) throw error;
      this.refused.inc({ reason: error.code });
      this.log.warn(
        { code: error.code, items: items.length },
        'notifications could not be written down; Graph will send them again',
      );
      throw new ServiceUnavailableException('the notification could not be written down; send it again');
    }
  }

  private read(contentType: string | undefined, body: unknown): readonly unknown[] {
    try {
      return readBatch(contentType, body);
    } catch (error) {
      if (error instanceof HttpException) this.refused.inc({ reason: String(error.getStatus()) });
      throw error;
    }
  }
}
