import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { endOfSecond, localDateTime, readersTimeZone } from '../format/instants.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';
import { PageLink } from '../parts/router-link.js';
import form from '../settings/form.module.css';

const route = getRouteApi('/sync-runs/undo');
const AN_HOUR_MS = 3_600_000;

/** Taking back what sync did in a span of time: a plan first, which somebody approves. */
export function UndoSpanPage(): ReactElement {
  const connections = useQuery(queries.connections());
  return (
    <Page title="Undo a span of time" subtitle={<PageLink to="/sync-runs">Back to the runs</PageLink>}>
      <Panel>
        <Loaded query={connections}>
          {(items) => {
            const there = items.filter(({ state }) => state !== 'disconnected');
            if (there.length > 0) return <SpanForm connections={there} />;
            return (
              <Empty title="No tenant is connected.">
                <p>
                  <PageLink to="/connections/new">Connect a tenant</PageLink>: what sync does with its people can be taken back
                  here.
                </p>
              </Empty>
            );
          }}
        </Loaded>
      </Panel>
    </Page>
  );
}

function SpanForm({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  const { connectionId: asked = connections[0]?.id ?? '' } = route.useSearch();
  const [connectionId, setConnectionId] = useState(asked);
  const [from, setFrom] = useState(() => localDateTime(new Date(Date.now() - AN_HOUR_MS)));
  const [to, setTo] = useState(() => localDateTime(new Date()));
  const mayApprove = useMay('sync.approve');
  const client = useQueryClient();
  const navigate = useNavigate();
  const undo = useMutation({
    mutationFn: () => commands.undoSpan(connectionId, new Date(from).toISOString(), endOfSecond(to, new Date()).toISOString()),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['runs'] });
      await navigate({ to: '/sync-runs/$runId', params: { runId: id } });
    },
  });
  const isSpan = from !== '' && to !== '' && from < to;
  return (
    <form
      className={form['form']}
      onSubmit={(event) => {
        event.preventDefault();
        undo.mutate();
      }}
    >
      <p>
        Rollcall makes a plan that takes back every effect of sync between the two times: who was created is deactivated, who was
        deactivated comes back, memberships and fields become what they were. You look at that plan, take out what should stay,
        and approve it.
      </p>
      {connections.length > 1 && (
        <Field label="Connection">
          <Select value={connectionId} onChange={(_, { value }) => setConnectionId(value)}>
            {connections.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className={form['inline']}>
        <Field label="From" hint={`TZ: ${readersTimeZone()}`}>
          <Input type="datetime-local" step={1} value={from} onChange={(_, { value }) => setFrom(value)} />
        </Field>
        <Field
          label="To"
          {...(isSpan ? {} : { validationState: 'error' as const, validationMessage: 'Must be later than the beginning.' })}
        >
          <Input type="datetime-local" step={1} value={to} onChange={(_, { value }) => setTo(value)} />
        </Field>
      </div>
      {undo.isError && <ProblemBox error={undo.error} />}
      <div>
        <Button appearance="primary" type="submit" disabled={!mayApprove || !isSpan || undo.isPending}>
          Preview the undo
        </Button>
      </div>
    </form>
  );
}
