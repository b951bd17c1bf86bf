import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { Account } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { CopyButton } from '../parts/copy-button.js';
import { Facts, Mono } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { LoadedList, LoadedPage } from '../parts/loaded.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { CheckPanel } from './check-panel.js';
import { accountWordsFor } from './support-text.js';
import { nameOfAccount, statusNames, statusTones } from './account-words.js';
import { PersonActions } from './person-actions.js';
import { Timeline } from './timeline.js';
import { useConnectionNames } from './use-names.js';
import { WhySteps } from './why-steps.js';

const route = getRouteApi('/people/$accountId');

/** One person: who, why, what happened to them. */
export function PersonPage(): ReactElement {
  const { accountId } = route.useParams();
  const account = useQuery(queries.account(accountId));
  return (
    <LoadedPage query={account} title="Person">
      {(found) => <PersonView account={found} />}
    </LoadedPage>
  );
}

function PersonView({ account }: { readonly account: Account }): ReactElement {
  const history = useInfiniteQuery({ ...queries.activity({ account: account.id }), enabled: isOffered('get /activity') });
  const ended = useInfiniteQuery(queries.held({ account: account.id, state: 'closed' }));
  const mayApprove = useMay('sync.approve');
  const mayRun = useMay('sync.run');
  const connectionName = useConnectionNames();
  const { id, connectionId, email, userPrincipalName, status, statusReason, roles, entraObjectId } = account;
  const latest = history.data?.pages[0]?.items ?? [];
  return (
    <Page
      title={nameOfAccount(account)}
      subtitle={
        <>
          <Badge tone={statusTones[status]}>{statusNames[status]}</Badge>{' '}
          {account.protected && <Badge tone="warning">Protected</Badge>} {statusReason !== null && statusReason.message}
        </>
      }
      actions={
        <>
          <CopyButton text={accountWordsFor(account, latest)}>Copy for support</CopyButton>
          {mayApprove && <PersonActions account={account} />}
        </>
      }
    >
      <Panel>
        <Facts
          items={[
            ['Mail', email ?? 'none that can be used'],
            ['User principal name', userPrincipalName],
            ['Roles', roles.length === 0 ? 'none' : roles.join(', ')],
            [
              'From',
              <PageLink key="from" to="/connections/$connectionId" params={{ connectionId }}>
                {connectionName(connectionId)}
              </PageLink>,
            ],
            ['Here since', <Instant key="since" at={account.createdAt} exact />],
            ['Last changed', <Instant key="changed" at={account.updatedAt} />],
            ['Entra object ID', <Mono key="entra">{entraObjectId}</Mono>],
            ['Account ID', <Mono key="id">{id}</Mono>],
          ]}
        />
      </Panel>
      {isOffered('get /accounts/{id}/why') && <WhySteps accountId={id} />}
      {mayRun && isOffered('post /connections/{id}/check-person') && (
        <CheckPanel connectionId={connectionId} person={entraObjectId} />
      )}
      <Panel title="What happened">
        <LoadedList
          query={history}
          noun={['effect', 'effects']}
          empty={<Empty title="Nothing has happened to this account yet." />}
        >
          {(items) => <Timeline entries={items} ended={ended.data?.pages[0]?.items ?? []} isWhole={!history.hasNextPage} />}
        </LoadedList>
      </Panel>
    </Page>
  );
}
