import { Button, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useMay, useMe } from '../app/session.js';
import { commands } from '../api/commands.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import { urlOf } from '../api/send.js';
import type { RunSummary, SyncRun } from '../api/types.js';
import { actorAmong, actorName } from '../format/actor-name.js';
import { asSentence } from '../format/as-sentence.js';
import { formatNumber, people } from '../format/counts.js';
import { formatDuration } from '../format/instants.js';
import { countedReasons, reasonWords } from '../format/reasons.js';
import { useConnectionNames, useGroupNames } from '../people/use-names.js';
import { Badge } from '../parts/badge.js';
import { ButtonLink } from '../parts/button-link.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { Facts, Mono } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { LoadedPage } from '../parts/loaded.js';
import { Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { proofSentence } from './proof-words.js';
import {
  canBeUndone,
  isEnded,
  progressSentence,
  progressShare,
  reasonNames,
  runSentence,
  runTitle,
  stateNames,
  stateTone,
} from './run-words.js';

const route = getRouteApi('/sync-runs/$runId');
const LOOK_MS = 1_000;

/** One run: how far it is, what came of it, and what can be done about it. */
export function RunPage(): ReactElement {
  const { runId } = route.useParams();
  const run = useQuery({
    ...queries.run(runId),
    // Events tell of the steps of a run; how far it is within one is looked at.
    refetchInterval: ({ state }) =>
      state.data === undefined || isEnded(state.data) || state.data.state === 'awaitingReview' ? false : LOOK_MS,
  });
  return (
    <LoadedPage query={run} title="Sync run">
      {(found) => <RunView run={found} />}
    </LoadedPage>
  );
}

function RunView({ run }: { readonly run: SyncRun }): ReactElement {
  const connectionName = useConnectionNames();
  const groupName = useGroupNames();
  const me = useMe();
  const connection = useQuery(queries.connection(run.connectionId));
  const isConnected = run.kind === 'full' && connection.data?.state === 'enabled';
  const { id, connectionId, state, reason, summary, error, apply } = run;
  const isUnderWay = !isEnded(run) && state !== 'awaitingReview';
  const hasPlan = isOffered('get /sync-runs/{id}/changes') && run.planHash !== null;
  return (
    <Page
      title={runTitle(run, connectionName(connectionId), groupName)}
      subtitle={
        <>
          <Badge tone={stateTone(state)}>{stateNames[state]}</Badge> {run.undone && <Badge tone="warning">Undone</Badge>}{' '}
          {!isUnderWay && runSentence(run)}
        </>
      }
      actions={
        <>
          {hasPlan && (
            <ButtonLink
              to="/sync-runs/$runId/plan"
              params={{ runId: id }}
              appearance={state === 'awaitingReview' ? 'primary' : 'secondary'}
            >
              {state === 'awaitingReview' ? 'Review the plan' : 'Look at the plan'}
            </ButtonLink>
          )}
          <RunActions run={run} />
        </>
      }
    >
      {isUnderWay && (
        <Panel title="Progress">
          <Progress run={run} />
        </Panel>
      )}
      {error !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{asSentence(error.message)}</MessageBarTitle>
            {error.remedy} <code>{error.code}</code>
          </MessageBarBody>
        </MessageBar>
      )}
      {run.supersededBy !== null && <SupersededNote by={run.supersededBy} />}
      {state === 'completed' && isConnected && (
        <MessageBar intent="success">
          <MessageBarBody>Connected. Microsoft Entra ID is connected to Rollcall.</MessageBarBody>
        </MessageBar>
      )}
      {summary !== null && <SummaryPanel run={run} summary={summary} />}
      <Panel title="Facts">
        <Facts
          items={[
            ['Why', reasonNames[reason] ?? reason],
            ['Takes back', run.undoes === undefined ? null : <Undone key="undoes" what={run.undoes} />],
            ['Applies changes', apply === 'review' ? 'after a review' : 'at once, below the guard'],
            ['Requested', <Instant key="requested" at={run.requestedAt} exact />],
            ['Requested by', actorAmong(run.requestedBy, me, run.actors)],
            [
              'First approved by',
              run.firstApproval == null
                ? null
                : actorName(`person:${run.firstApproval.by.id}`, me, run.firstApproval.by.displayName),
            ],
            ['Approved by', run.approvedBy === null ? null : actorAmong(run.approvedBy, me, run.actors)],
            ['Cancelled by', run.cancelledBy === null ? null : actorAmong(run.cancelledBy, me, run.actors)],
            ['Undone by', run.undoneBy === null ? null : <UndoneBy key="undone" run={run} undo={run.undoneBy} />],
            ['Ended', run.endedAt === null ? null : <Instant key="ended" at={run.endedAt} exact />],
            [
              'Is cancelled by itself',
              state !== 'awaitingReview' || run.expiresAt === null ? null : <Instant key="expires" at={run.expiresAt} exact />,
            ],
            ['Run ID', <Mono key="id">{id}</Mono>],
          ]}
        />
      </Panel>
    </Page>
  );
}

/** A plan that waited, and that nobody can approve any more. */
function SupersededNote({ by }: { readonly by: string }): ReactElement {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <RunLink id={by} name="A newer run" /> has compared the same since, and took the place of this plan. What was taken out
        here stays out there where the line is the same.
      </MessageBarBody>
    </MessageBar>
  );
}

/** What an undo takes back: a run, or all that sync did in a span of time. */
function Undone({ what }: { readonly what: NonNullable<SyncRun['undoes']> }): ReactElement {
  if ('runId' in what) return <RunLink id={what.runId} name="an earlier run" />;
  return (
    <>
      what sync did from <Instant at={what.from} exact /> to <Instant at={what.to} exact />
    </>
  );
}

interface UndoneByProps {
  readonly run: SyncRun;
  readonly undo: NonNullable<SyncRun['undoneBy']>;
}

/** Who took the run back, and the run in which that happened. */
function UndoneBy({ run, undo }: UndoneByProps): ReactElement {
  const me = useMe();
  return (
    <>
      {actorAmong(undo.requestedBy, me, run.actors)}, in <RunLink id={undo.runId} name="a later run" />
    </>
  );
}

function RunLink({ id, name }: { readonly id: string; readonly name: string }): ReactElement {
  return (
    <PageLink to="/sync-runs/$runId" params={{ runId: id }}>
      {name}
    </PageLink>
  );
}

function Progress({ run }: { readonly run: SyncRun }): ReactElement {
  const share = progressShare(run);
  return (
    <>
      <p role="status">{progressSentence(run)}</p>
      <ProgressBar aria-label="Progress" {...(share === undefined ? {} : { value: share })} />
    </>
  );
}

function RunActions({ run }: { readonly run: SyncRun }): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const mayRun = useMay('sync.run');
  const mayApprove = useMay('sync.approve');
  const client = useQueryClient();
  const canCancel = mayRun && isOffered('post /sync-runs/{id}/cancel') && !isEnded(run);
  const canUndo = mayApprove && isOffered('post /sync-runs/{id}/undo') && canBeUndone(run);
  return (
    <>
      {canCancel && <Button onClick={() => setAsking(true)}>Cancel the run</Button>}
      {canUndo && (
        <ButtonLink to="/sync-runs/$runId/undo" params={{ runId: run.id }}>
          Undo
        </ButtonLink>
      )}
      {isAsking && (
        <ConfirmDialog
          title="Cancel this run?"
          action="Cancel the run"
          otherwise="Let it go on"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await commands.cancelRun(run.id);
            await client.invalidateQueries({ queryKey: ['runs'] });
          }}
        >
          <p>
            {run.progress.applied === 0
              ? 'Nothing of it is applied yet, and nothing will be.'
              : `What it has done already, for ${people(run.progress.applied)}, stays and can be undone; nothing more is applied.`}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface SummaryPanelProps {
  readonly run: SyncRun;
  readonly summary: RunSummary;
}

function SummaryPanel({ run: { id: runId, kind, connectionId }, summary }: SummaryPanelProps): ReactElement {
  const groupName = useGroupNames();
  // An undo reads nobody: it goes by what was done.
  const read = (count: number) => (kind === 'undo' ? null : formatNumber(count));
  const { failed = 0, missedNotices = 0 } = summary;
  return (
    <Panel title="Summary">
      <Facts
        items={[
          ['Fetched', read(summary.fetched)],
          ['Processed', read(summary.processed)],
          ['Created', formatNumber(summary.created)],
          ['Updated', formatNumber(summary.updated)],
          ['Reactivated', formatNumber(summary.reactivated)],
          ['Deactivated', formatNumber(summary.deactivated)],
          ['Memberships granted', formatNumber(summary.granted)],
          ['Memberships revoked', formatNumber(summary.revoked)],
          ['Unchanged', read(summary.unchanged)],
          [
            'Held for you',
            summary.held === 0 ? (
              '0'
            ) : (
              <PageLink key="held" to="/held-changes" search={{ connectionId }}>
                {formatNumber(summary.held)}
              </PageLink>
            ),
          ],
          [
            'Skipped',
            Object.keys(summary.skippedByReason).length === 0 ? read(summary.skipped) : countedReasons(summary.skippedByReason),
          ],
          ['Moved on meanwhile', formatNumber(summary.stale)],
          ['Could not be changed', failed === 0 ? null : formatNumber(failed)],
          ['Found without their notification', missedNotices === 0 ? null : formatNumber(missedNotices)],
          [
            'Groups that could not be read',
            summary.unreadable.length === 0
              ? null
              : summary.unreadable.map(({ groupId, code }) => `${groupName(groupId)} (${reasonWords(code)})`).join(', '),
          ],
          [
            'Proof: what was read against the accounts',
            summary.proof === undefined ? null : (
              <span key="proof">
                {proofSentence(summary.proof)}{' '}
                <a href={urlOf('/sync-runs/{id}/proof', { path: { id: runId }, query: { format: 'csv' } })} download>
                  Download
                </a>
              </span>
            ),
          ],
          ['Requests to Graph', formatNumber(summary.graphRequests)],
          ['Took', formatDuration(summary.durationMs)],
        ]}
      />
    </Panel>
  );
}
