export * from './describe-throttle-gate-contract.js';
export * from './in-memory-throttle-gate.js';
export * from './scripted-microsoft.js';
