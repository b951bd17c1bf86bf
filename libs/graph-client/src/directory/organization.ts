import { z } from 'zod';
import { ConsentMissingError } from '../errors/graph-errors.js';
import { readListPage } from '../paging/list-page.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import type { GraphSender } from '../transport/graph-request.js';
import { graphId } from './graph-ids.js';

export interface Organization {
  readonly id: string;
  readonly displayName: string;
  readonly verifiedDomains: string[];
}

const organizationSchema = z.object({
  id: graphId,
  displayName: z.string().nullish(),
  verifiedDomains: z.array(z.object({ name: z.string() })).nullish(),
});

/** Nice to show, not needed: its permission is one of its own (Graph sheet 2.8), so without it there is simply none. */
export async function readOrganization(sender: GraphSender): Promise<Organization | null> {
  const operation: GraphOperation = { name: 'organization.read', kind: 'list', permission: 'Organization.Read.All' };
  try {
    const { body } = await sender.send({ operation, address: '/organization?$select=id,displayName,verifiedDomains' });
    const [tenant] = readListPage(body, organizationSchema, operation.name).items;
    if (tenant === undefined) return null;
    const verifiedDomains = (tenant.verifiedDomains ?? []).map((domain) => domain.name);
    return { id: tenant.id, displayName: tenant.displayName ?? '', verifiedDomains };
  } catch (error) {
    if (error instanceof ConsentMissingError && error.permission !== null) return null;
    throw error;
  }
}
