import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { isOffered } from '../api/offered.js';
import { EVERYBODY, EVERYBODY_NAME } from '../format/everybody.js';
import { queries } from '../api/queries.js';

/** The name of a group of the directory by its id; the id itself where nobody knows a name, nothing while names are being read. */
export function useGroupNames(): (groupId: string) => string {
  const { data } = useQuery({ ...queries.groups(), enabled: isOffered('get /groups') });
  return useCallback(
    (groupId) => {
      if (groupId === EVERYBODY) return EVERYBODY_NAME;
      return data === undefined ? '' : (data.find(({ id }) => id === groupId)?.displayName ?? groupId);
    },
    [data],
  );
}

export function useConnectionNames(): (connectionId: string) => string {
  const { data } = useQuery(queries.connections());
  return useCallback(
    (connectionId) => (data === undefined ? '' : (data.find(({ id }) => id === connectionId)?.name ?? connectionId)),
    [data],
  );
}
