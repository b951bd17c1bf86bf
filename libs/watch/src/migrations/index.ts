import type { OwnerMigrations } from '#database';
import { CreateWatch1795400000300 } from './1795400000300-create-watch.js';

export const watchMigrations: OwnerMigrations = { schema: 'watch', migrations: [CreateWatch1795400000300] };
