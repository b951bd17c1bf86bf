export { isTooDeep, MAX_BODY_DEPTH } from './body-depth.js';
export { composeServices } from './compose-services.js';
export type { EarlyAnswer } from './answer-while-waiting.js';
export { assertWholeOidc, ConfigError, engineEnv, env, httpPort, originSchema, readConfig, type EngineConfig } from './config.js';
export { sharedGraphDoor, type GraphDoor } from './graph-door.js';
export { Health, type Readiness, type ReadinessCheck } from './health.js';
export { kafkaOptions, serviceMain, tracingOptions } from './host-options.js';
export type { HostServices } from './host-services.js';
export { ListenError } from './http-host.js';
export { createLog } from './log.js';
export { mainProcess } from './main-process.js';
export {
  runService,
  type ConsumerDefaults,
  type HostOptions,
  type RunningService,
  type ServiceDefinition,
} from './run-service.js';
export { TaskLoop, type Task } from './task-loop.js';
