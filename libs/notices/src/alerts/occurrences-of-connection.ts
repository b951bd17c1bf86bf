import type { connectionEvents, connectionQuarantinedV1, DataOf } from '#contracts';
import { instantFact } from '../content.js';
import { pageLinks } from '../page-links.js';
import { causes } from './causes.js';
import { decideQuarantine } from './describe-quarantine.js';
import type { Names } from './names.js';
import type { Occurrence, Raise, Settle, SettleAll } from './occurrence.js';
import { codeFacts, problemSentences } from './problem-sentences.js';
import { occurrencesOfCredential } from './standing-causes.js';

type ConnectionEventType = (typeof connectionEvents)[number]['type'];
/** What is needed of a connection's event; all of them share one shape. */
export interface ConnectionEvent {
  readonly type: ConnectionEventType;
  readonly time: string;
  readonly data: DataOf<typeof connectionQuarantinedV1>;
}

/** What can be wrong only while live sync runs. */
const LIVE_CAUSES = [causes.subscription, causes.noticesMissed, causes.quarantine] as const;

export function occurrencesOfConnectionFact(event: ConnectionEvent, { connection }: Pick<Names, 'connection'>): Occurrence[] {
  const fact = new ConnectionFactReader(event, connection);
  switch (event.type) {
    case 'rollcall.connection.created':
      return [];
    case 'rollcall.connection.enabled':
    case 'rollcall.connection.recovered':
      return [
        fact.settle(causes.quarantine(fact.connectionId), null, 'The connection works again.'),
        fact.settle(causes.credential(fact.connectionId), 'refused', 'The secret is accepted again.'),
      ];
    case 'rollcall.connection.paused':
      return [
        ...LIVE_CAUSES.map((cause) =>
          fact.settle(cause(fact.connectionId), null, 'Live sync was paused, so this does not apply any more.'),
        ),
        fact.settle(causes.credential(fact.connectionId), 'refused', 'Live sync was paused.'),
      ];
    case 'rollcall.connection.disconnected':
      return [fact.settleAll('The connection was disconnected.')];
    case 'rollcall.connection.quarantined':
      return [fact.raise(decideQuarantine(fact.connectionId, event.data, connection))];
    case 'rollcall.subscription.lost':
      return [fact.subscriptionLost()];
    case 'rollcall.subscription.restored':
      return [
        fact.settle(
          causes.subscription(fact.connectionId),
          fact.text('resource') ?? null,
          'Graph notifies again of all changes.',
        ),
      ];
    case 'rollcall.credential.expiring':
      return fact.credentialExpiring();
    case 'rollcall.guard.tripped':
      return [fact.guardTripped()];
    case 'rollcall.guard.released':
      return [
        fact.settle(causes.guard(fact.connectionId), scopeOf(event), 'What was held has been released, rejected or taken back.'),
      ];
    case 'rollcall.notices.missed':
      return [fact.noticesMissed()];
    case 'rollcall.notices.returned':
      return [fact.settle(causes.noticesMissed(fact.connectionId), null, 'Notifications arrive as usual again.')];
    case 'rollcall.sweep.overdue':
      return [fact.sweepOverdue()];
    case 'rollcall.sweep.returned':
      return [
        fact.settle(causes.sweepOverdue(fact.connectionId), null, 'Changes are looked for again, or need not be any more.'),
      ];
  }
}

/** The group that tripped, `connection` for the whole; null, where a release does not say, ends all. */
function scopeOf({ data }: ConnectionEvent): string | null {
  const groupId = data.object['groupId'];
  if (groupId === null) return 'connection';
  return typeof groupId === 'string' ? groupId : null;
}

class ConnectionFactReader {
  private readonly at: Date;

  constructor(
    private readonly event: ConnectionEvent,
    private readonly name: string,
  ) {
    this.at = new Date(event.time);
  }

  get connectionId(): string {
    return this.event.data.connectionId;
  }

  text(field: string): string | undefined {
    const value = this.event.data.object[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  raise(raise: Omit<Raise, 'effect' | 'organisationId' | 'connectionId' | 'at' | 'isStanding'>): Raise {
    return { effect: 'raise', ...this.base(), isStanding: false, ...raise };
  }

  settle(cause: string, member: string | null, sentence: string): Settle {
    return { effect: 'settle', ...this.base(), cause, member, sentence };
  }

  settleAll(sentence: string): SettleAll {
    return { effect: 'settleAll', ...this.base(), sentence };
  }

  subscriptionLost(): Raise {
    const { code, message } = this.event.data;
    return this.raise({
      kind: 'subscriptionLost',
      cause: causes.subscription(this.connectionId),
      member: this.text('resource') ?? '',
      stage: 'lost',
      isUrgent: false,
      content: {
        title: `Graph no longer notifies ${this.name} of changes`,
        sentences: [
          'Changes are found by the sweep, minutes later, until the subscription is restored. It is made anew by itself.',
          ...(code === null ? ['Next step: if it lasts, open the connection and see why.'] : problemSentences(code, message)),
        ],
        facts: [...this.facts(whatIsSubscribed(this.text('resource'))), ...codeFacts(code)],
        links: [pageLinks.connection(this.connectionId)],
      },
    });
  }

  credentialExpiring(): Occurrence[] {
    const expiresAt = new Date(this.text('expiresAt') ?? '');
    if (Number.isNaN(expiresAt.getTime())) return [];
    const { organisationId, connectionId } = this.event.data;
    return occurrencesOfCredential({ organisationId, connectionId, connectionName: this.name, expiresAt }, this.at, false);
  }

  guardTripped(): Raise {
    const { code, message, object } = this.event.data;
    return this.raise({
      kind: 'guardHolding',
      cause: causes.guard(this.connectionId),
      member: scopeOf(this.event) ?? 'connection',
      // A further scope on the same day is an update; on another day it is told again.
      stage: `holding since ${this.at.toISOString().slice(0, 10)}`,
      isUrgent: true,
      content: {
        title: `The guard holds removals of ${this.name}`,
        sentences: ['Nobody has lost anything by this: the removals wait for a decision.', ...problemSentences(code, message)],
        facts: [
          ...this.facts({
            ...(scopeOf(this.event) === 'connection' ? { Scope: 'the whole connection' } : { Group: this.text('groupId') }),
            'People who would lose access': numberText(object['lost']),
            'People in the scope': numberText(object['base']),
            Allowed: numberText(object['allowed']),
          }),
          ...codeFacts(code),
        ],
        links: [pageLinks.heldChanges(this.connectionId)],
      },
    });
  }

  noticesMissed(): Raise {
    const { code, message, object } = this.event.data;
    return this.raise({
      kind: 'noticesMissed',
      cause: causes.noticesMissed(this.connectionId),
      member: '',
      stage: 'missed',
      isUrgent: false,
      content: {
        title: `More missed notices than usual for ${this.name}`,
        sentences: [
          'Changes come without their notification. The sweep finds them, minutes later; nothing is lost.',
          ...(code === null
            ? ['Next step: open the connection and run the self-test; it shows whether Graph reaches Rollcall.']
            : problemSentences(code, message)),
        ],
        facts: [
          ...this.facts({ 'Missed in 24 hours': numberText(object['missed']), 'Usual in a day': numberText(object['usual']) }),
          ...codeFacts(code),
        ],
        links: [pageLinks.connection(this.connectionId)],
      },
    });
  }

  sweepOverdue(): Raise {
    const { code, message } = this.event.data;
    const lastSweep = this.text('lastSweepAt');
    return this.raise({
      kind: 'runOverdue',
      cause: causes.sweepOverdue(this.connectionId),
      member: '',
      stage: 'overdue',
      isUrgent: false,
      content: {
        title: `Nobody looks for changes of ${this.name} any more`,
        sentences: [
          'Changes in Entra do not come through until the sweep is back. Nobody is removed meanwhile.',
          ...(code === null ? ['Next step: see whether the service subscription runs.'] : problemSentences(code, message)),
        ],
        facts: [
          lastSweep === undefined ? { label: 'Last sweep', value: 'none yet' } : instantFact('Last sweep', new Date(lastSweep)),
        ],
        links: [pageLinks.connection(this.connectionId)],
      },
    });
  }

  private base(): { organisationId: string; connectionId: string; at: Date } {
    const { organisationId, connectionId } = this.event.data;
    return { organisationId, connectionId, at: this.at };
  }

  private facts(values: Readonly<Record<string, string | undefined>>): { label: string; value: string }[] {
    return Object.entries(values).flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
  }
}

/** `/groups/{id}` is one group, `/groups` and `/users` are all of them. */
function whatIsSubscribed(resource: string | undefined): Readonly<Record<string, string | undefined>> {
  const [, collection, id] = /^\/?(groups|users)(?:\/([^/]+))?$/.exec(resource ?? '') ?? [];
  if (collection === undefined) return { Resource: resource };
  return collection === 'groups' && id !== undefined
    ? { Group: id }
    : { Of: collection === 'groups' ? 'All groups' : 'All people' };
}

/** With one decimal at most: what is usual is an average. */
function numberText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : undefined;
}
