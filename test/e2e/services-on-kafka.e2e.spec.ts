import { inject } from 'vitest';
import { startAsServices } from '../support/rollcall-system.js';
import { describeScenarios } from './scenarios.js';

// Where there is no Kafka, `npm test` says so in one line, and .ci/run fails.
if (inject('kafkaBrokers') !== null) describeScenarios('Rollcall as services on Kafka and Postgres', () => startAsServices());
