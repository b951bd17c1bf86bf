import type { ReactElement } from 'react';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';

export function NotFoundPage(): ReactElement {
  return (
    <Page title="There is no such page">
      <Panel>
        <Empty title="Nothing is at this address.">
          <p>
            The link may be of another version. <PageLink to="/">Go to the overview</PageLink>, or press Ctrl K to search.
          </p>
        </Empty>
      </Panel>
    </Page>
  );
}
