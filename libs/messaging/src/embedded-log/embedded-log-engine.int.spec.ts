import { silentLog } from '#contracts';
import { describeLogContract } from '#messaging/testing';
import { EmbeddedLogEngine } from './embedded-log-engine.js';

describeLogContract('embedded log', async ({ db, listener }) => new EmbeddedLogEngine({ db, listener, log: silentLog }));
