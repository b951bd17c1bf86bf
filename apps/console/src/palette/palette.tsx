import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle, Input } from '@fluentui/react-components';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useDeferredValue, useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { navigation } from '../app/navigation.js';
import { useMay } from '../app/session.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import { useReturnFocus } from '../parts/use-return-focus.js';
import { actionsOf } from './connection-actions.js';
import { findEntries, type PaletteEntry } from './find-entries.js';
import styles from './palette.module.css';

const MOST = 12;

/** Ctrl K: to a page, a connection, a group, a person or an action, by a few letters. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactElement {
  useReturnFocus();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const router = useRouter();
  const entries = useEntries(useDeferredValue(text));
  const active = Math.min(chosen, entries.length - 1);
  const open = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onClose();
    router.history.push(entry.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(active + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(active - 1, 0));
    else if (event.key === 'Enter') open(entries[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={(_, { open: isOpen }) => !isOpen && onClose()}>
      <DialogSurface className={styles['surface'] ?? ''}>
        <DialogBody>
          <DialogTitle>Go to</DialogTitle>
          <DialogContent>
            <Input
              className={styles['input'] ?? ''}
              autoFocus
              role="combobox"
              aria-label="Page, person, group or action"
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={`${listId}-${active}`}
              value={text}
              onChange={(_, { value }) => {
                setText(value);
                setChosen(0);
              }}
              onKeyDown={onKeyDown}
            />
            <ul id={listId} role="listbox" aria-label="Found" className={styles['list']}>
              {entries.map((entry, index) => (
                <li
                  key={entry.key}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  onClick={() => open(entry)}
                >
                  <span>{entry.label}</span>
                  <span className={styles['kind']}>{entry.kind}</span>
                </li>
              ))}
            </ul>
            {entries.length === 0 && <p>Nothing is found. People are found by a part of their name or mail.</p>}
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function useEntries(text: string): PaletteEntry[] {
  const may = { configure: useMay('sync.configure'), run: useMay('sync.run'), approve: useMay('sync.approve') };
  const connections = useQuery(queries.connections());
  const groups = useQuery({ ...queries.groups(), enabled: isOffered('get /groups') });
  const q = text.trim();
  const people = useInfiniteQuery({ ...queries.accounts({ q }), enabled: q.length > 1 && isOffered('get /accounts') });
  const pages = navigation
    .flatMap(({ items }) => items)
    .filter(({ needs }) => isOffered(needs))
    .map(({ to, label }) => ({ key: to, label, kind: 'page', href: to }));
  const fixed: PaletteEntry[] = [
    ...pages,
    { key: 'me', label: 'My rights', kind: 'page', href: '/me' },
    { key: 'told', label: 'Who is told what', kind: 'page', href: '/notices/settings' },
    ...(may.configure ? [{ key: 'new', label: 'Connect a tenant', kind: 'action', href: '/connections/new' }] : []),
    ...(connections.data ?? []).flatMap(({ id, name, state }) => [
      { key: id, label: name, kind: 'connection', href: `/connections/${id}` },
      ...actionsOf({ id, name, state }, may),
    ]),
    ...(groups.data ?? []).map(({ id, connectionId, displayName }) => ({
      key: `${connectionId} ${id}`,
      label: displayName ?? id,
      kind: 'group',
      href: `/groups/${connectionId}/${id}`,
    })),
  ];
  const found = people.data?.pages[0]?.items ?? [];
  const persons = found.map(({ id, displayName, email }) => ({
    key: id,
    label: [displayName, email].filter(Boolean).join(' · '),
    kind: 'person',
    href: `/people/${id}`,
  }));
  return [...findEntries(fixed, text), ...persons].slice(0, MOST);
}
