import { startAsServices } from '../support/rollcall-system.js';
import { describeScenarios } from './scenarios.js';

describeScenarios('Rollcall as services on Kafka and Postgres', () => startAsServices());
