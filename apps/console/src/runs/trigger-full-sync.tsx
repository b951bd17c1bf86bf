import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { isOffered } from '../api/offered.js';
import { asProblem } from '../api/problem.js';
import type { Connection } from '../api/types.js';
import { PageLink } from '../parts/router-link.js';
import { ProblemBox } from '../parts/problem-box.js';

/** A review needs a way to approve; without one it is not offered. */
const canReview = isOffered('post /sync-runs/{id}/approve');

interface Wish {
  readonly connectionId: string;
  readonly apply: 'automatic' | 'review';
}

/** Starts a full sync of one connection, applied at once below the guard or after a review; then shows it. */
export function TriggerFullSync({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  const client = useQueryClient();
  const navigate = useNavigate();
  const request = useMutation({
    mutationFn: ({ connectionId, apply }: Wish) => commands.requestRun(connectionId, { kind: 'full', apply }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['runs'] });
      await navigate({ to: '/sync-runs/$runId', params: { runId: id } });
    },
  });
  const [only] = connections;
  const problem = request.isError ? asProblem(request.error) : null;
  const { runId } = problem?.facts ?? {};
  return (
    <>
      {connections.length === 1 && only !== undefined && !canReview ? (
        <Button
          appearance="primary"
          disabled={request.isPending}
          onClick={() => request.mutate({ connectionId: only.id, apply: 'automatic' })}
        >
          Trigger Full Sync
        </Button>
      ) : (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button appearance="primary" disabled={request.isPending}>
              Trigger Full Sync
            </Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {connections.flatMap(({ id, name }) => [
                <MenuItem key={`${id} automatic`} onClick={() => request.mutate({ connectionId: id, apply: 'automatic' })}>
                  {name}: apply at once, below the guard
                </MenuItem>,
                ...(canReview
                  ? [
                      <MenuItem key={`${id} review`} onClick={() => request.mutate({ connectionId: id, apply: 'review' })}>
                        {name}: show me the plan first
                      </MenuItem>,
                    ]
                  : []),
              ])}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      {problem !== null && <ProblemBox error={problem} />}
      {typeof runId === 'string' && (
        <PageLink to="/sync-runs/$runId" params={{ runId }}>
          Open the run that is in progress
        </PageLink>
      )}
    </>
  );
}
