/** Structured logging as every library sees it; apps pass a pino logger. Fields never hold secrets (invariant 10). */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The present moment; injected so that tests own the time. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
