import type { OwnerMigrations } from '#database';
import { CreateConnections1795401000000 } from './1795401000000-create-connections.js';
import { CreateSignIn1795401000001 } from './1795401000001-create-sign-in.js';
import { CreateAudit1795401000002 } from './1795401000002-create-audit.js';
import { CreateRequestRecords1795401000003 } from './1795401000003-create-request-records.js';
import { IdentifyMembers1795401000004 } from './1795401000004-identify-members.js';
import { CreateFourEyes1795401000005 } from './1795401000005-create-four-eyes.js';
import { NameASupportContact1795401000006 } from './1795401000006-name-a-support-contact.js';

export const connectionsMigrations: OwnerMigrations = {
  schema: 'connections',
  migrations: [
    CreateConnections1795401000000,
    CreateSignIn1795401000001,
    CreateAudit1795401000002,
    CreateRequestRecords1795401000003,
    IdentifyMembers1795401000004,
    CreateFourEyes1795401000005,
    NameASupportContact1795401000006,
  ],
};
