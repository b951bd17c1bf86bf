import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/problem.js';

/** Reads are kept and renewed by live events; a refusal for a session that ended makes the session be looked at again. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => {
          const { status } = asProblem(error);
          return count < 2 && (status === 0 || status >= 500);
        },
      },
    },
    queryCache: new QueryCache({ onError: (error, query) => lookAtSession(error, query.queryKey[0] === 'me') }),
    mutationCache: new MutationCache({ onError: (error) => lookAtSession(error, false) }),
  });
  return client;

  function lookAtSession(error: unknown, isSession: boolean): void {
    if (!isSession && asProblem(error).status === 401) void client.invalidateQueries({ queryKey: ['me'] });
  }
}
