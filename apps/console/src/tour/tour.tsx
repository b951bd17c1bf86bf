import { Button } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useMe } from '../app/session.js';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { tourSteps, type TourStep } from './tour-progress.js';
import { useTour } from './tour-state.js';
import styles from './tour.module.css';

/** The first five minutes, on the simulated tenant; a step ticks when its event really happened. */
export function Tour(): ReactElement | null {
  const { isClosed, done, close } = useTour();
  const { simulatorPageUrl } = useMe();
  const connections = useQuery(queries.connections());
  const demo = connections.data?.find(({ cloud, state }) => cloud === 'simulated' && state !== 'disconnected');
  if (isClosed || demo === undefined || simulatorPageUrl === null) return null;
  const words = stepsOf(demo, simulatorPageUrl);
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
              {step === open && <p>{words[step].text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function stepsOf(demo: Connection, pageUrl: string): Readonly<Record<TourStep, { title: string; text: ReactNode }>> {
  const group = demo.watchedGroups[0];
  const simulator = (label: string) => (
    <a href={`${pageUrl}?group=${group?.id ?? ''}`} target="_blank" rel="noreferrer">
      {label}
    </a>
  );
  return {
    add: {
      title: 'Add a person',
      text: (
        <>
          {simulator('Open the simulated tenant')}, type a name and choose Add person. The account appears below by itself, with
          its time.
        </>
      ),
    },
    why: {
      title: 'Ask why',
      text: 'Choose the new name under Latest changes: the page tells the way from the notice to the row.',
    },
    empty: {
      title: 'Empty the group',
      text: (
        <>In {simulator('the simulated tenant')}, choose Empty the group. Nobody is deactivated here: all removals are held.</>
      ),
    },
    release: {
      title: 'Release two',
      text: (
        <>
          Under <PageLink to="/held-changes">Held changes</PageLink>, select two people and release them. Then put somebody back
          in the tenant: the held removal dissolves by itself.
        </>
      ),
    },
    run: {
      title: 'Trigger a full sync',
      text: (
        <>
          Under{' '}
          <PageLink to="/sync-runs" search={{ connectionId: demo.id }}>
            Full sync
          </PageLink>
          , trigger one. It reads everything and says what it found.
        </>
      ),
    },
    connect: {
      title: 'Connect your own tenant',
      text: (
        <>
          The <PageLink to="/connections/new">wizard</PageLink> leads through Entra, step by step. The demo goes away with "Remove
          the demo" on{' '}
          <PageLink to="/connections/$connectionId" params={{ connectionId: demo.id }}>
            its page
          </PageLink>
          .
        </>
      ),
    },
  };
}
