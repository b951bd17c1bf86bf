import type { ReactNode } from 'react';
import { commands } from '../api/commands.js';
import type { Connection } from '../api/types.js';
import { PageLink } from '../parts/router-link.js';
import { TourButton } from './tour-button.js';
import type { TourStep } from './tour-progress.js';

export interface TourWords {
  readonly title: string;
  readonly text: ReactNode;
}

/** What each step asks for, with the links and buttons that it needs. */
export function tourWords(demo: Connection, pageUrl: string): Readonly<Record<TourStep, TourWords>> {
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
    },
    pause: {
      title: 'Pause live sync',
      text: (
        <>
          <TourButton work={() => commands.pause(demo.id)}>Pause live sync</TourButton> What changes in Entra from now on waits
          for a full sync.
        </>
      ),
    },
    review: {
      title: 'Review a full sync',
      text: (
        <>
          In {simulator('the simulated tenant', 'newcomers')}, choose Three newcomers, two renames. Then trigger one under {runs},
          "show me the plan first": take a line out, approve the rest.
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
      text: (
        <>
          <TourButton work={() => commands.enable(demo.id)}>Resume live sync</TourButton> What happened meanwhile is read first.
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
