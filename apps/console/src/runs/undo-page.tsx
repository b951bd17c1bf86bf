import { Button } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { SyncRun } from '../api/types.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import { canBeUndone, isEnded, summarySentence } from './run-words.js';

const route = getRouteApi('/sync-runs/$runId/undo');

/** Taking a run back: a plan first, which somebody approves. */
export function UndoPage(): ReactElement {
  const { runId } = route.useParams();
  const run = useQuery(queries.run(runId));
  const mayApprove = useMay('sync.approve');
  const client = useQueryClient();
  const navigate = useNavigate();
  const undo = useMutation({
    mutationFn: () => commands.undoRun(runId, 'review'),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['runs'] });
      await navigate({ to: '/sync-runs/$runId', params: { runId: id } });
    },
  });
  return (
    <Page
      title="Undo a run"
      subtitle={
        <PageLink to="/sync-runs/$runId" params={{ runId }}>
          Back to the run
        </PageLink>
      }
    >
      <Panel>
        <Loaded query={run}>
          {(found) =>
            !mayApprove || !isOffered('post /sync-runs/{id}/undo') || !canBeUndone(found) ? (
              <Empty title={mayApprove ? whyNot(found) : 'Super admins take runs back.'} />
            ) : (
              <>
                {found.summary !== null && <p>The run: {summarySentence(found.kind, found.summary)}</p>}
                <p>
                  Rollcall makes a plan that takes its effects back: who was created is deactivated, who was deactivated comes
                  back, memberships and fields become what they were. You look at that plan, take out what should stay, and
                  approve it. What is undone stays so until the tenant changes it again.
                </p>
                {undo.isError && <ProblemBox error={undo.error} />}
                <Button appearance="primary" disabled={undo.isPending} onClick={() => undo.mutate()}>
                  Preview the undo
                </Button>
              </>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function whyNot({ undone, state }: SyncRun): string {
  if (undone) return 'This run was undone already.';
  return isEnded({ state }) ? 'This run changed nobody: there is nothing to take back.' : 'This run has not ended yet.';
}
