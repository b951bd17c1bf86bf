import type { ReactElement } from 'react';
import type { Me, Permission } from '../api/types.js';
import { Badge } from '../parts/badge.js';
import { Facts, Mono } from '../parts/facts.js';
import { Page, Panel } from '../parts/page.js';
import { useMe } from './session.js';

export const roleNames: Readonly<Record<Me['role'], string>> = {
  superAdmin: 'Super admin',
  itAdmin: 'IT admin',
  viewer: 'Viewer',
};

const RIGHTS: Readonly<Record<Permission, string>> = {
  'sync.read': 'See everything: people, reasons, runs, settings',
  'sync.run': 'Start a full sync, activate people, check again',
  'sync.configure': 'Connect tenants, change settings, pause and disconnect',
  'sync.approve': 'Release or reject held changes, approve plans, change people by hand',
};

/** Who am I, with which rights. */
export function MePage(): ReactElement {
  const { displayName, role, permissions, organisation, id, kind } = useMe();
  return (
    <Page
      title="Who am I"
      subtitle="What this session may do. A person's role comes from your identity provider; the API token and the sign-in link are a super admin's."
    >
      <Panel>
        <Facts
          items={[
            ['Name', displayName],
            ['Role', roleNames[role]],
            ['Signed in as', kind === 'token' ? 'API token' : 'person'],
            ['Organisation', organisation?.name ?? null],
            ["Organisation's time zone", organisation === null ? null : `TZ: ${organisation.timeZone}`],
            ['ID', <Mono key="id">{id}</Mono>],
          ]}
        />
      </Panel>
      <Panel title="Rights">
        <Facts
          items={(Object.keys(RIGHTS) as Permission[]).map((right) => [
            right,
            <span key={right}>
              {RIGHTS[right]}{' '}
              <Badge tone={permissions.includes(right) ? 'good' : 'plain'}>{permissions.includes(right) ? 'yes' : 'no'}</Badge>
            </span>,
          ])}
        />
      </Panel>
    </Page>
  );
}
