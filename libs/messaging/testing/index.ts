export { describeLogContract, type LogContractOptions, type LogUnderTest } from './describe-log-contract.js';
export { contractOrganisation, effectEvent, recordFor } from './events.js';
export { FakeEngine } from './fake-engine.js';
export { Collector, withoutRepeats } from './collector.js';
