export { startSimulator } from './simulator.js';
export type { RunningSimulator, SimulatorLog, SimulatorOptions } from './simulator-options.js';
export type { SimulatorControl } from './control/simulator-control.js';
export type { BulkOptions, BulkResult, NewPerson, ShownGroup, ShownObject } from './control/directory-control.js';
export type { ActiveFault, Fault, FaultInput, FaultKind } from './faults/fault.js';
export type { Behaviours, BehavioursInput } from './faults/behaviours.js';
export type { DeliveryRecord } from './delivery/notification-sender.js';
export type { SeedOptions } from './tenant/seed.js';
