import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { CheckSteps } from './check-steps.js';
import styles from './person.module.css';

const route = getRouteApi('/find');

/** Find anyone: any mail, user principal name or id of the tenant, with an account or not, and why not. */
export function FindPage(): ReactElement {
  const connections = useQuery(queries.connections());
  const mayRun = useMay('sync.run');
  return (
    <Page
      title="Find anyone"
      subtitle="Anybody of the tenant, with an account here or not. The person is read from Graph now; nothing is changed."
    >
      {mayRun ? <Loaded query={connections}>{(items) => <FindIn connections={items.filter(isThere)} />}</Loaded> : <MayNotFind />}
    </Page>
  );
}

const isThere = ({ state }: Connection): boolean => state !== 'disconnected';

/** Reading somebody from Graph takes a right that a viewer has not. */
function MayNotFind(): ReactElement {
  return (
    <Panel>
      <Empty title="Super admins and IT admins look people up here.">
        <p>
          Your role shows who has an account, and why, on <PageLink to="/people">People</PageLink>.
        </p>
      </Empty>
    </Panel>
  );
}

function FindIn({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  if (connections.length > 0) return <FindView connections={connections} />;
  return (
    <Panel>
      <Empty title="No tenant is connected.">
        <p>
          <PageLink to="/connections/new">Connect a tenant</PageLink>, then anybody in it can be looked up here.
        </p>
      </Empty>
    </Panel>
  );
}

function FindView({ connections }: { readonly connections: readonly Connection[] }): ReactElement {
  const { q: person = '', connectionId = connections[0]?.id ?? '' } = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(person);
  const search = (asked: { q: string; connectionId: string }) => void navigate({ to: '/find', search: asked });
  const check = useQuery({
    queryKey: ['check-person', connectionId, person],
    queryFn: () => commands.checkPerson(connectionId, { person, apply: false }),
    enabled: person !== '',
    retry: false,
    staleTime: 0,
  });
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === person) void check.refetch();
          else search({ q: typed.trim(), connectionId });
        }}
      >
        <Filters>
          {connections.length > 1 && (
            <Field label="Connection">
              <Select value={connectionId} onChange={(_, { value }) => search({ q: typed.trim(), connectionId: value })}>
                {connections.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field className={styles['asked'] ?? ''} label="Mail, user principal name or object ID">
            <Input value={typed} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setTyped(value)} />
          </Field>
          <Button appearance="primary" type="submit" disabled={typed.trim() === '' || check.isFetching}>
            {check.isFetching ? 'Reading from Graph' : 'Find'}
          </Button>
        </Filters>
      </form>
      <Panel title={person === '' ? 'Who is it?' : person}>
        {person === '' ? (
          <Empty title="Nobody was asked for yet.">
            <p>The whole address is needed: Graph is asked for exactly this person.</p>
          </Empty>
        ) : (
          <Loaded query={check}>
            {(found) => (
              <>
                {found.found !== null && (
                  <p>
                    {found.account === null ? (
                      <>
                        <b>{found.found.attributes.displayName ?? found.found.id}</b> has no account here.
                      </>
                    ) : (
                      <PageLink to="/people/$accountId" params={{ accountId: found.account.id }}>
                        Open the account of {found.found.attributes.displayName ?? found.found.id}
                      </PageLink>
                    )}
                  </p>
                )}
                <CheckSteps check={found} connectionId={connectionId} />
              </>
            )}
          </Loaded>
        )}
      </Panel>
    </>
  );
}
