export { FakeGraph, type ScriptedPage } from './fake-graph.js';
export { FakeSubscriptions } from './fake-subscriptions.js';
export { WatchStage, type WatchedConnection } from './watch-stage.js';
