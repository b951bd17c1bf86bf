import { startOnEmbeddedEngines } from '../support/rollcall-system.js';
import { describeScenarios } from './scenarios.js';

describeScenarios('Rollcall in one process on the embedded engines', () => startOnEmbeddedEngines());
