import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { LiveStream, type LiveState } from './live-stream.js';
import type { StreamMessage } from './parse-event-stream.js';
import { staleKeysOf } from './stale-keys.js';

/** Changes come in bursts: what they make stale is read again at most this often. */
const GATHER_MS = 200;

type Listener = (message: StreamMessage) => void;

interface Live {
  readonly state: LiveState;
  readonly subscribe: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** Keeps one stream open for all pages; what an event touches is read again. After a break everything is, once. */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ status: 'connecting' });
  const listeners = useRef(new Set<Listener>());

  useEffect(() => {
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasBroken = false;
    const renew = () => {
      timer = undefined;
      for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
      stale.clear();
    };
    const stream = new LiveStream({
      onState: (next) => {
        setState(next);
        if (next.status === 'live' && wasBroken) void client.invalidateQueries();
        wasBroken = next.status === 'broken';
      },
      onMessage: (message) => {
        for (const key of staleKeysOf(message.type)) stale.add(key);
        timer ??= setTimeout(renew, GATHER_MS);
        for (const listener of listeners.current) listener(message);
      },
      onSignedOut: () => void client.invalidateQueries({ queryKey: ['me'] }),
    });
    stream.start();
    return () => {
      stream.stop();
      clearTimeout(timer);
    };
  }, [client]);

  const live = useMemo<Live>(
    () => ({
      state,
      subscribe: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLiveState(): LiveState {
  return useLive().state;
}

/** Calls the listener for each live event while the component is shown. */
export function useLiveMessages(listener: Listener): void {
  const { subscribe } = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => subscribe((message) => latest.current(message)), [subscribe]);
}

function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error('useLive needs a LiveProvider above it');
  return live;
}
