import { instantFact, type NoticeContent } from '../content.js';
import { pageLinks } from '../page-links.js';
import { causes } from './causes.js';
import { credentialStage } from './credential-stage.js';
import type { Occurrence } from './occurrence.js';
import { codeFacts, problemSentences } from './problem-sentences.js';

/** Conditions that no single fact begins or ends: they are looked up, and looking twice is no news. */

export interface CredentialSituation {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  /** Null: nobody entered it. */
  readonly expiresAt: Date | null;
}

/** The date on which a secret ends; a new secret with a later date settles it. */
export function occurrencesOfCredential(situation: CredentialSituation, at: Date, isStanding = true): Occurrence[] {
  const { organisationId, connectionId, connectionName, expiresAt } = situation;
  const about = { organisationId, connectionId, at, cause: causes.credential(connectionId), member: 'date' };
  const reached = expiresAt === null ? null : credentialStage(expiresAt, at);
  if (expiresAt === null || reached === null) {
    return [{ effect: 'settle', ...about, sentence: 'The secret was renewed.' }];
  }
  const { stage, daysLeft, isExpired } = reached;
  const days = daysLeft === 1 ? '1 day' : `${daysLeft} days`;
  return [
    {
      effect: 'raise',
      ...about,
      kind: 'credentialEnding',
      stage,
      isUrgent: isExpired,
      isStanding,
      content: {
        title: isExpired
          ? `The client secret of ${connectionName} has expired`
          : `The client secret of ${connectionName} ends in ${days}`,
        sentences: isExpired
          ? problemSentences('SECRET_EXPIRED')
          : [
              'When it ends, changes no longer come through until there is a new one. Nobody is removed by that.',
              'Next step: create a new client secret in Entra and rotate it here; the new one is proved before it replaces the old.',
            ],
        facts: [instantFact(isExpired ? 'Ended' : 'Ends', expiresAt), ...codeFacts(isExpired ? 'SECRET_EXPIRED' : null)],
        links: [pageLinks.credential(connectionId)],
      },
    },
  ];
}

export interface DeadLetterSituation {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly connectionName: string | null;
  /** How many wait for a decision. */
  readonly open: number;
}

export function occurrencesOfDeadLetters(
  { organisationId, connectionId, connectionName, open }: DeadLetterSituation,
  at: Date,
): Occurrence[] {
  const about = { organisationId, connectionId, at, cause: causes.deadLetters(connectionId), member: '' };
  if (open === 0) return [{ effect: 'settle', ...about, sentence: 'All were replayed or discarded.' }];
  const content: NoticeContent = {
    title: connectionName === null ? 'Messages could not be handled' : `Messages of ${connectionName} could not be handled`,
    sentences: [
      'What they say has not been done. Groups and people of the directory are read anew by themselves; the rest waits for you.',
      'Next step: read the reason of each; replay it when the cause is mended, or discard it.',
    ],
    facts: [{ label: 'Messages waiting', value: String(open) }, ...codeFacts('DEAD_LETTER')],
    links: [pageLinks.deadLetters()],
  };
  return [{ effect: 'raise', ...about, kind: 'deadLetters', stage: 'waiting', isUrgent: false, isStanding: true, content }];
}

export interface HeldSituation {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  /** Live changes that wait because the setting `apply` asks for a review. */
  readonly waiting: number;
}

export function occurrencesOfHeldCount(
  { organisationId, connectionId, connectionName, waiting }: HeldSituation,
  at: Date,
): Occurrence[] {
  const about = { organisationId, connectionId, at, cause: causes.heldReview(connectionId), member: '' };
  if (waiting === 0) return [{ effect: 'settle', ...about, sentence: 'No change waits any more.' }];
  const content: NoticeContent = {
    title: `Changes of ${connectionName} wait for review`,
    sentences: [
      'The settings of this connection let nobody be changed unseen. Whoever waits stays as they are.',
      'Next step: look at the held changes, and release or reject them.',
    ],
    facts: [{ label: 'Changes waiting', value: String(waiting) }],
    links: [pageLinks.heldChanges(connectionId)],
  };
  return [{ effect: 'raise', ...about, kind: 'toReview', stage: 'waiting', isUrgent: false, isStanding: true, content }];
}
