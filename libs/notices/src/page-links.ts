import type { PageLink } from './content.js';

/** The console's pages that notices open. Each link shows something; what changes anything is a button on that page. */
export const pageLinks = {
  connection: (connectionId: string): PageLink => ({ label: 'Open the connection', path: `/connections/${connectionId}` }),
  run: (runId: string): PageLink => ({ label: 'Open the run', path: `/sync-runs/${runId}` }),
  plan: (runId: string): PageLink => ({ label: 'Look at the plan', path: `/sync-runs/${runId}/plan` }),
  newerRun: (runId: string): PageLink => ({ label: 'Open the newer run', path: `/sync-runs/${runId}` }),
  undoneRun: (runId: string): PageLink => ({ label: 'Open the run that was taken back', path: `/sync-runs/${runId}` }),
  undo: (runId: string): PageLink => ({ label: 'Preview an undo', path: `/sync-runs/${runId}/undo` }),
  heldChanges: (connectionId: string): PageLink => ({
    label: 'Look at the held changes',
    path: `/held-changes?connectionId=${connectionId}`,
  }),
  credential: (connectionId: string): PageLink => ({
    label: 'Open the client secret',
    path: `/connections/${connectionId}/credential`,
  }),
  deadLetters: (): PageLink => ({ label: 'Look at the dead letters', path: '/dead-letters' }),
  notices: (): PageLink => ({ label: 'All notices', path: '/notices' }),
  deliveries: (): PageLink => ({ label: 'See what was sent', path: '/notices/settings' }),
  settings: (): PageLink => ({ label: 'Notification settings', path: '/notices/settings' }),
} as const;
