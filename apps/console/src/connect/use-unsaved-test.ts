import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { commands } from '../api/commands.js';
import type { SelfTest } from '../api/types.js';
import type { StepProps } from './step-props.js';

export type UnsavedTest = Omit<SelfTest, 'connectionId'>;

interface UnsavedTestOptions {
  readonly enabled: boolean;
  readonly everyMs?: number;
  /** Until when it is tried again. */
  readonly isDone?: (test: UnsavedTest) => boolean;
}

/**
 * Tries ids, secret and groups at Entra, with a fresh token each time. It is a read: nothing is stored. Of the secret only its number
 * is part of the key, so that the secret is in no cache.
 */
export function useUnsavedTest(
  { draft, secret, secretNo }: Pick<StepProps, 'draft' | 'secret' | 'secretNo'>,
  groups: readonly string[],
  { enabled, everyMs, isDone = ({ ok }) => ok }: UnsavedTestOptions,
): UseQueryResult<UnsavedTest> {
  const { tenantId, clientId, cloud } = draft;
  return useQuery({
    queryKey: ['unsaved-test', tenantId, clientId, cloud, [...groups], secretNo],
    queryFn: () =>
      commands.testUnsaved({ tenantId, cloud, credential: { clientId, clientSecret: secret.trim() }, groups: [...groups] }),
    enabled,
    gcTime: 0,
    staleTime: 0,
    retry: false,
    refetchInterval: ({ state }) => (everyMs === undefined || (state.data !== undefined && isDone(state.data)) ? false : everyMs),
  });
}
