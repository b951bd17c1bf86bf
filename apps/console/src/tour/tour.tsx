import { Button } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMe } from '../app/session.js';
import { queries } from '../api/queries.js';
import { Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { tourSteps } from './tour-progress.js';
import { isTourable, useTour } from './tour-state.js';
import { tourWords } from './tour-words.js';
import styles from './tour.module.css';

/** The first five minutes, on the simulated tenant; a step ticks when its event really happened. */
export function Tour(): ReactElement | null {
  const { isClosed, done, close } = useTour();
  const client = useQueryClient();
  const { simulatorPageUrl } = useMe();
  const connections = useQuery(queries.connections());
  // Here and not in a step: a step whose event has happened folds up, and what failed after it must still be read.
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => client.invalidateQueries(),
  });
  const demo = connections.data?.find(isTourable);
  if (isClosed || demo === undefined || simulatorPageUrl === null) return null;
  const words = tourWords(demo, simulatorPageUrl, (label, work) => (
    <Button size="small" disabled={act.isPending} onClick={() => act.mutate(work)}>
      {label}
    </Button>
  ));
  const open = tourSteps.find((step) => !done.includes(step));
  return (
    <Panel
      title="The first five minutes"
      aside={
        <Button size="small" appearance="subtle" onClick={close}>
          Put the tour away
        </Button>
      }
    >
      <ol className={styles['steps']}>
        {tourSteps.map((step) => (
          <li key={step} data-open={step === open}>
            {done.includes(step) ? (
              <CheckmarkCircleFilled className={styles['done'] ?? ''} fontSize={20} aria-label="Done" />
            ) : (
              <CircleRegular fontSize={20} aria-label="To do" />
            )}
            <div>
              <b>{words[step].title}</b>
              {step === open && <div className={styles['text']}>{words[step].text}</div>}
              {done.includes(step) && words[step].after !== undefined && (
                <div className={styles['text']}>{words[step].after}</div>
              )}
            </div>
          </li>
        ))}
      </ol>
      {act.isError && <ProblemBox error={act.error} />}
    </Panel>
  );
}
