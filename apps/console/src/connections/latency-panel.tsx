import type { ReactElement } from 'react';
import type { ConnectionHealth, Latency } from '../api/types.js';
import { formatNumber } from '../format/counts.js';
import { formatDuration } from '../format/instants.js';
import { DataTable } from '../parts/data-table.js';
import { Empty, Panel } from '../parts/page.js';
import styles from './latency.module.css';

const WINDOWS = [
  ['1h', 'last hour'],
  ['24h', 'last day'],
  ['7d', 'last week'],
] as const;

/** How long a change took from Entra's notice to the row here: the middle one, and the slowest of a hundred. */
export function LatencyPanel({ latency }: { readonly latency: ConnectionHealth['latency'] }): ReactElement {
  const rows = WINDOWS.map(([key, label]) => ({ label, ...latency[key] })).filter(({ changes }) => changes > 0);
  const longest = Math.max(1, ...rows.map(({ noticedToApplied }) => noticedToApplied.p99Ms ?? 0));
  return (
    <Panel title="From notice to row" bare>
      {rows.length === 0 ? (
        <Empty title="No live change in the last week.">
          <p>Add somebody to a watched group in Entra: the time that it took appears here.</p>
        </Empty>
      ) : (
        <DataTable
          caption="Latency of live changes"
          rows={rows}
          keyOf={({ label }) => label}
          columns={[
            { heading: 'Window', narrow: true, cell: ({ label }) => label },
            { heading: 'Changes', numeric: true, narrow: true, cell: ({ changes }) => formatNumber(changes) },
            { heading: 'Half within (p50)', numeric: true, narrow: true, cell: (row) => shown(row.noticedToApplied.p50Ms) },
            { heading: '99 of 100 within (p99)', numeric: true, narrow: true, cell: (row) => shown(row.noticedToApplied.p99Ms) },
            { heading: 'Notice to row', cell: (row) => <Bar latency={row} longest={longest} /> },
          ]}
        />
      )}
    </Panel>
  );
}

function Bar({ latency, longest }: { readonly latency: Latency; readonly longest: number }): ReactElement {
  const { p50Ms, p99Ms } = latency.noticedToApplied;
  const width = (ms: number | null) => `${Math.max(1, ((ms ?? 0) / longest) * 100)}%`;
  return (
    <span className={styles['bar']} aria-hidden="true">
      <span className={styles['slow']} style={{ width: width(p99Ms) }} />
      <span className={styles['middle']} style={{ width: width(p50Ms) }} />
    </span>
  );
}

function shown(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms);
}
