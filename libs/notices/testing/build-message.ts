import { randomUUID } from 'node:crypto';
import type { NoticeMessage } from '#notices';

export function buildMessage(overrides: Partial<NoticeMessage> = {}): NoticeMessage {
  return {
    id: randomUUID(),
    organisationId: randomUUID(),
    connectionId: randomUUID(),
    alertId: null,
    kind: 'runFailed',
    severity: 'problem',
    content: {
      title: 'Full sync of Contoso fails',
      sentences: ['A permission is not granted.'],
      facts: [{ label: 'Fetched', value: '25' }],
      links: [{ label: 'Open the run', path: '/sync-runs/1' }],
    },
    note: null,
    recipient: { memberId: randomUUID(), displayName: 'Ada', email: 'ada@example.com' },
    at: new Date('2026-03-01T10:00:00Z'),
    zone: 'UTC',
    ...overrides,
  };
}
