import type { ReactNode } from 'react';
import { commands } from '../api/commands.js';
import type { Connection } from '../api/types.js';
import { PageLink } from '../parts/router-link.js';
import type { TourStep } from './tour-progress.js';

export interface TourWords {
  readonly title: string;
  readonly text: ReactNode;
  /** What is worth a look once the step is done. */
  readonly after?: ReactNode;
}

/** What each step asks for, with the links and buttons that it needs. */
export function tourWords(
  demo: Connection,
  pageUrl: string,
  button: (label: string, work: () => Promise<unknown>) => ReactNode,
): Readonly<Record<TourStep, TourWords>> {
  const group = demo.watchedGroups[0];
  const simulator = (label: string, action = '') => (
    <a href={`${pageUrl}?group=${group?.id ?? ''}${action && `&action=${action}`}`} target="_blank" rel="noreferrer">
      {label}
    </a>
  );
  const runs = (
    <PageLink to="/sync-runs" search={{ connectionId: demo.id }}>
      Full sync
    </PageLink>
  );
  return {
    add: {
      title: 'Add a person',
      text: (
        <>
          {simulator('Open the simulated tenant', 'add-person')} and choose Add person: the form is filled. The account appears
          below by itself, with its time.
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
          Under <PageLink to="/held-changes">Held changes</PageLink>, select two people and release them.
        </>
      ),
    },
    putBack: {
      title: 'Put everyone back',
      text: (
        <>In {simulator('the simulated tenant')}, choose Put everyone back. The other held removals dissolve by themselves.</>
      ),
      after: (
        <>
          The rest dissolved: <PageLink to="/held-changes">Held changes</PageLink> keeps each with a note.
        </>
      ),
    },
    pause: {
      title: 'Pause live sync',
      text: (
        <>
          {button('Pause, and change five people', () => pauseAndChange(demo.id))} Live sync stops, and in{' '}
          {simulator('the tenant')} three people come and two get other names. From now on changes wait for a full sync.
        </>
      ),
    },
    review: {
      title: 'Review a full sync',
      text: (
        <>
          Trigger a full sync under {runs}, "show me the plan first": it lists the three newcomers and the two new names. Take a
          line out, approve the rest.
        </>
      ),
    },
    notice: {
      title: 'Read the notice',
      text: (
        <>
          The run was announced: open <PageLink to="/notices">Notices</PageLink>, under the bell.
        </>
      ),
    },
    undo: {
      title: 'Undo it',
      text: <>Open the run under {runs}, choose Undo, look at its plan and approve it: all is as it was.</>,
    },
    resume: {
      title: 'Resume live sync',
      text: <>{button('Resume live sync', () => commands.enable(demo.id))} What happened meanwhile is read first.</>,
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

/** In this order: live sync would take the changes at once. */
async function pauseAndChange(connectionId: string): Promise<void> {
  await commands.pause(connectionId);
  await commands.changeSimulated(connectionId);
}
