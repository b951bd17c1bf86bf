import { pino, type SerializedError } from 'pino';

/**
 * What a log line says of an error. Left out is what a database adds of the rows themselves: parameters and details are people's
 * names and addresses, and could be a sealed secret (invariant 10). The statement, its code and its constraint stay.
 */
export function describeError(error: Error): SerializedError {
  const { parameters, detail, where, driverError, ...rest } = pino.stdSerializers.err(error);
  return rest;
}
