import operations from 'virtual:offered-operations';
import type { Operation } from './send.js';

/** Whether the API that this console was built for has the operation; a control without one is not shown. */
export function isOffered(operation: Operation): boolean {
  return operations.has(operation);
}
