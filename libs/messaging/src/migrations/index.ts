import type { OwnerMigrations } from '#database';
import { CreateLog1790000001000 } from './1790000001000-create-log.js';
import { CreateOutbox1790000000000 } from './1790000000000-create-outbox.js';
import { CreateDeadLetters1790000002000 } from './1790000002000-create-dead-letters.js';
import { CreateFeed1790000003000 } from './1790000003000-create-feed.js';

export const messagingMigrations: OwnerMigrations = {
  schema: 'messaging',
  migrations: [CreateOutbox1790000000000, CreateLog1790000001000, CreateDeadLetters1790000002000, CreateFeed1790000003000],
};
