import type { OwnerMigrations } from '#database';
import { CreateAlerts1795402000000 } from './1795402000000-create-alerts.js';
import { CreateDeliveries1795402000001 } from './1795402000001-create-deliveries.js';
import { CreateRules1795402000002 } from './1795402000002-create-rules.js';
import { CarryTraces1795402000003 } from './1795402000003-carry-traces.js';
import { OrderWordsByLog1795402000004 } from './1795402000004-order-words-by-log.js';

export const noticesMigrations: OwnerMigrations = {
  schema: 'notices',
  migrations: [
    CreateAlerts1795402000000,
    CreateDeliveries1795402000001,
    CreateRules1795402000002,
    CarryTraces1795402000003,
    OrderWordsByLog1795402000004,
  ],
};
