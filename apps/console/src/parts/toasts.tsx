import { CheckmarkCircleFilled } from '@fluentui/react-icons';
import { createContext, use, useCallback, useState, type ReactElement, type ReactNode } from 'react';
import styles from './parts.module.css';

type Say = (sentence: string) => void;

const SayContext = createContext<Say | null>(null);
const SHOWN_MS = 6_000;

interface Said {
  readonly id: number;
  readonly sentence: string;
}

/**
 * Short sentences at the edge of the screen about what was done; also read aloud. They take no focus: whoever works by keyboard goes on
 * where they were.
 */
export function Toasts({ children }: { readonly children: ReactNode }): ReactElement {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const say = useCallback<Say>((sentence) => {
    const id = performance.now();
    setSaid((known) => [...known, { id, sentence }]);
    setTimeout(() => setSaid((known) => known.filter((each) => each.id !== id)), SHOWN_MS);
  }, []);
  return (
    <SayContext value={say}>
      {children}
      <div className={styles['toasts']} role="status" aria-label="What was done">
        {said.map(({ id, sentence }) => (
          <p key={id} className={styles['toast']}>
            <CheckmarkCircleFilled fontSize={20} />
            {sentence}
          </p>
        ))}
      </div>
    </SayContext>
  );
}

export function useSay(): Say {
  const say = use(SayContext);
  if (say === null) throw new Error('useSay needs Toasts above it');
  return say;
}
