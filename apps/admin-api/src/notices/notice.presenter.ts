import type { InboxNotice, NoticeContent, StoredAlert } from '#notices';
import type { AlertAnswer, NoticeAnswer } from './notice.schemas.js';

export function presentNotice({ content, createdAt, readAt, alert, ...notice }: InboxNotice): NoticeAnswer {
  const instant = (at: string) => new Date(at).toISOString();
  return {
    ...notice,
    alert: alert && {
      ...alert,
      updatedAt: instant(alert.updatedAt),
      resolvedAt: alert.resolvedAt === null ? null : instant(alert.resolvedAt),
    },
    content: presentContent(content),
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}

export function presentAlert({ content, openedAt, updatedAt, resolvedAt, ...alert }: StoredAlert): AlertAnswer {
  return {
    ...alert,
    content: presentContent(content),
    openedAt: openedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}

function presentContent({ title, sentences, facts, links }: NoticeContent): NoticeAnswer['content'] {
  return { title, sentences: [...sentences], facts: [...facts], links: [...links] };
}
