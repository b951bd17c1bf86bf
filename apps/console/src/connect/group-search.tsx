import { Button, Field, SearchBox } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { ProblemBox } from '../parts/problem-box.js';
import type { Draft } from './draft.js';
import styles from './connect.module.css';
import { useRested } from './use-rested.js';

interface GroupSearchProps {
  readonly draft: Draft;
  readonly secret: string;
  readonly onTake: (groupId: string) => void;
}

const LEAST_LETTERS = 2;

/** Groups of the tenant by the beginning of their names. The secret is no part of the key, so that it is in no cache. */
export function GroupSearch({ draft, secret, onTake }: GroupSearchProps): ReactElement {
  const [typed, setTyped] = useState('');
  const text = useRested(typed.trim());
  const { tenantId, clientId, cloud, groups } = draft;
  const search = useQuery({
    queryKey: ['group-search', tenantId, clientId, cloud, text],
    queryFn: () => commands.searchGroups({ tenantId, cloud, credential: { clientId, clientSecret: secret.trim() }, text }),
    enabled: text.length >= LEAST_LETTERS,
    gcTime: 0,
    retry: false,
  });
  const found = text.length < LEAST_LETTERS ? undefined : search.data?.items;
  return (
    <div className={styles['search']}>
      <Field label="Or search by name" hint="The beginning of the group's name.">
        <SearchBox value={typed} onChange={(_, { value }) => setTyped(value)} />
      </Field>
      {search.isError && <ProblemBox error={search.error} />}
      {found !== undefined && (
        <p role="status">{found.length === 0 ? `No group's name begins with "${text}".` : `${found.length} found:`}</p>
      )}
      {found !== undefined && found.length > 0 && (
        <ul className={styles['results']} aria-label="Found groups">
          {found.map(({ id, displayName, kind, mail }) => (
            <li key={id}>
              <span>
                {displayName ?? id} · {kind}
                {mail !== null && ` · ${mail}`}
              </span>
              <Button
                size="small"
                disabled={groups.includes(id)}
                aria-label={`Take ${displayName ?? id}`}
                onClick={() => onTake(id)}
              >
                {groups.includes(id) ? 'Taken' : 'Take'}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
