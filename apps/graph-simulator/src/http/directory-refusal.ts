import type { DirectoryError } from '../tenant/directory-error.js';
import { badRequest, GraphError } from './graph-error.js';

/** What Graph answers where the directory refuses a change. */
export function directoryRefusal(error: DirectoryError): GraphError {
  switch (error.code) {
    case 'NOT_FOUND':
      return new GraphError(404, 'Request_ResourceNotFound', error.message);
    case 'ALREADY_MEMBER':
    case 'NOT_A_MEMBER':
    case 'INVALID':
      return badRequest(error.message);
    case 'NAME_TAKEN':
      return new GraphError(400, 'Request_MultipleObjectsWithSameKeyValue', error.message);
  }
}
