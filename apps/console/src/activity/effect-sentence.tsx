import type { ReactElement } from 'react';
import type { Activity } from '../api/types.js';
import { effectTone, effectVerb } from '../format/effects.js';
import { useGroupNames } from '../people/use-names.js';
import { Badge } from '../parts/badge.js';
import { PageLink } from '../parts/router-link.js';

/** "Ada Byron: joined Sales". */
export function EffectSentence({ entry }: { readonly entry: Activity }): ReactElement {
  const groupName = useGroupNames();
  return (
    <>
      <Badge tone={effectTone(entry.type)}>{effectVerb(entry.type)}</Badge>{' '}
      <PageLink to="/people/$accountId" params={{ accountId: entry.accountId }}>
        {nameOf(entry)}
      </PageLink>
      {entry.groupId !== null && <> · {groupName(entry.groupId)}</>}
    </>
  );
}

export function nameOf({ displayName, after, before, entraObjectId }: Activity): string {
  const named = displayName ?? after?.['displayName'] ?? before?.['displayName'];
  return typeof named === 'string' ? named : entraObjectId;
}
