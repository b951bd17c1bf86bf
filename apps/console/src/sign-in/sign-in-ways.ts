import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../api/problem.js';

export interface WhomToAsk {
  readonly displayName: string;
  readonly email: string | null;
  readonly superAdmins: readonly { readonly displayName: string; readonly email: string }[];
}

/** Whether people sign in at an identity provider here. */
export function useHasIdentityProvider(): boolean {
  const ways = useQuery({
    queryKey: ['sign-in', 'ways'],
    queryFn: () => read<{ identityProvider: boolean }>('/sign-in/ways'),
    staleTime: Infinity,
  });
  return ways.data?.identityProvider ?? false;
}

/** For whoever was vouched for a moment ago and has no role. */
export function useWhomToAsk() {
  return useQuery({ queryKey: ['sign-in', 'whom'], queryFn: () => read<WhomToAsk>('/sign-in/whom-to-ask'), retry: false });
}

/** Signing in is no part of the API: it has no types of the published document. */
async function read<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response.status, body, response.headers.get('x-correlation-id'));
  return body as Answer;
}
