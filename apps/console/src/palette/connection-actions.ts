import type { Connection } from '../api/types.js';
import type { PaletteEntry } from './find-entries.js';

interface Rights {
  readonly configure: boolean;
  readonly run: boolean;
  readonly approve: boolean;
}

/** What the connection's own page switches. */
const SWITCHES = {
  created: 'Enable',
  enabled: 'Pause or disconnect',
  quarantined: 'Pause or disconnect',
  paused: 'Resume',
} as const;

/** What can be done with a connection, by the words of its buttons; each leads to the page that asks before it does anything. Pure. */
export function actionsOf({ id, name, state }: Pick<Connection, 'id' | 'name' | 'state'>, may: Rights): PaletteEntry[] {
  if (state === 'disconnected') return [];
  const page = `/connections/${id}`;
  const action = (label: string, href: string): PaletteEntry => ({ key: `${id} ${label}`, label, kind: 'action', href });
  const sync = [
    ...(may.run ? [action(`Trigger Full Sync of ${name}`, `/sync-runs?connectionId=${id}`)] : []),
    ...(may.approve ? [action(`Undo a span of time of ${name}`, `/sync-runs/undo?connectionId=${id}`)] : []),
  ];
  const configure = [
    action(`Sync settings of ${name}`, `${page}/settings`),
    action(`Rotate secret of ${name}`, `${page}/credential`),
    action(`${SWITCHES[state]} ${name}`, page),
  ];
  // Before it was ever enabled there is nothing to sync, and nothing to take back.
  return [
    ...(state === 'created' ? [] : sync),
    action(`Compare ${name} with Entra`, `${page}/compare`),
    ...(may.configure ? configure : []),
  ];
}
