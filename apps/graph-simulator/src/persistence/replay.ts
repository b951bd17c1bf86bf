import { z } from 'zod';
import type { AdministratorRecord, Administrators } from '../sign-in/administrators.js';
import type { SubscriptionRecord, SubscriptionStore } from '../subscriptions/subscription-store.js';
import type { Tenant, WriteRecord } from '../tenant/tenant.js';
import type { AppRecord, AppRegistrations } from '../tokens/app-registrations.js';

export interface ClockRecord {
  readonly t: 'clock';
  readonly offsetMs: number;
}

/** Everything that stands in the log, each kind replayed by its owner. */
export type LogRecord = WriteRecord | AppRecord | AdministratorRecord | SubscriptionRecord | ClockRecord;

const kinds = ['write', 'app', 'administrator', 'subscription', 'subscriptionGone', 'delivered', 'clock'] as const;
const recordSchema = z.looseObject({ t: z.enum(kinds) });

/** Lines that this version wrote, in order. The log is private to the simulator, so the kind alone is checked. */
export function readRecords(lines: readonly unknown[]): LogRecord[] {
  return lines.map((line) => recordSchema.parse(line) as unknown as LogRecord);
}

export function replay(
  records: readonly LogRecord[],
  owners: {
    readonly tenant: Tenant;
    readonly apps: AppRegistrations;
    readonly administrators: Administrators;
    readonly subscriptions: SubscriptionStore;
  },
): void {
  for (const record of records) {
    switch (record.t) {
      case 'write':
        owners.tenant.replay(record);
        break;
      case 'app':
        owners.apps.replay(record);
        break;
      case 'administrator':
        owners.administrators.replay(record);
        break;
      case 'clock':
        break;
      default:
        owners.subscriptions.replay(record);
    }
  }
}

/** How far the clock had been moved. */
export function clockOffsetOf(records: readonly LogRecord[]): number {
  return records.findLast((record) => record.t === 'clock')?.offsetMs ?? 0;
}
