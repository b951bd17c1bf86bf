import { mainProcess } from '#service-host';
import { startStandalone } from './start-standalone.js';

await mainProcess((stopping) => startStandalone(process.env, stopping));
