import { useEffect, useState, type ReactElement } from 'react';
import { formatInstant, readersTimeZone, relativeTime } from '../format/instants.js';

/** An instant, as "3 minutes ago" with the exact time behind it, or exactly. */
export function Instant({ at, exact = false }: { readonly at: string; readonly exact?: boolean }): ReactElement {
  const now = useNow(exact ? null : 10_000);
  const full = `${formatInstant(at)} (${readersTimeZone()})`;
  return (
    <time dateTime={at} title={full}>
      {exact ? formatInstant(at) : relativeTime(at, now)}
    </time>
  );
}

/** The time, renewed each interval while the component is shown. */
export function useNow(everyMs: number | null): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
