import type { Cloud } from './cloud-endpoints.js';

/** One customer's tenant and our application in it, with the unsealed secret. Lives in memory only. */
export interface GraphConnection {
  readonly connectionId: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
  readonly clientId: string;
  readonly clientSecret: string;
}
