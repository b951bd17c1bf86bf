import { logFailure, type UserAttributes } from '#contracts';
import type { DirectoryUser } from '#graph-client';
import { inSpan, type SpanOptions } from '#tracing';
import { nextReadNo } from '../chains/next-read-no.js';
import { takeFailure } from '../failures/take-failure.js';
import { DirectoryPages } from '../pages/directory-pages.js';
import { publishPages } from '../pages/publish-pages.js';
import { addRechecks } from '../rechecks/add-rechecks.js';
import type { WatchContext } from '../watch-context.js';
import { claimPendingPrincipals, type ClaimedPrincipals, type PendingPrincipal } from './claim-pending-principals.js';

/** Ids that Graph leaves out are asked for again: a replica may not know them yet. Then they are looked for in another way. */
const ATTEMPTS_UNTIL_MISSING = 4;
/** People that the application may not read are looked at again this often, so that a new permission is noticed. */
const UNREADABLE_RETRY_MS = 60_000;

/** Reads the attributes of people whom a membership named, in bulk, under a read number of its own. */
export class PrincipalReader {
  constructor(private readonly context: WatchContext) {}

  /** Reads the pending principals of one connection, at most 1,000; false when none was pending. */
  async readOne(): Promise<boolean> {
    const claimed = await claimPendingPrincipals(this.context);
    if (claimed === null) return false;
    await inSpan('read principals', spanOf(claimed), async (span) => {
      try {
        await this.read(claimed);
      } catch (error) {
        span.fail(error);
        await this.react(error, claimed);
      }
    });
    return true;
  }

  private async read(claimed: ClaimedPrincipals): Promise<void> {
    const { db, graph, clock } = this.context;
    const client = await graph.open(claimed.connectionId);
    const readNo = await nextReadNo(db);
    const readStartedAt = clock();
    const { found } = await client.usersByIds(claimed.people.map((person) => person.objectId));
    const answers = new Map(found.map((user) => [user.id, user]));
    const readable = claimed.people.filter(({ objectId }) => answers.get(objectId)?.unreadable === false);
    const unreadable = claimed.people.filter(({ objectId }) => answers.get(objectId)?.unreadable === true);
    const missing = claimed.people.filter(({ objectId }) => !answers.has(objectId));
    // Said once: whoever cannot be read yet is asked for again and again.
    const told = [...readable, ...unreadable.filter((person) => person.attempts === 0)];
    const read = { ...claimed, readNo, origin: 'read' as const, noticedAt: earliestNotice(told), readStartedAt, readAt: clock() };
    await db.transaction(async (tx) => {
      const pages = new DirectoryPages(read, 0);
      pages.users(told.flatMap(({ objectId }) => userItems(answers.get(objectId))));
      await publishPages(tx, pages);
      await tx.query(
        `UPDATE watch.principals SET state = 'read', attempts = 0, failure_code = NULL
          WHERE connection_id = $1 AND object_id = ANY ($2::text[]) AND state = 'pending' AND retry_at = $3`,
        [claimed.connectionId, readable.map((person) => person.objectId), claimed.claimedUntil],
      );
      await tx.query(
        `UPDATE watch.principals SET attempts = attempts + 1, failure_code = 'MEMBERS_UNREADABLE', retry_at = now() + $3 * interval '1 millisecond'
          WHERE connection_id = $1 AND object_id = ANY ($2::text[]) AND state = 'pending'`,
        [claimed.connectionId, unreadable.map((person) => person.objectId), UNREADABLE_RETRY_MS],
      );
      await tx.query(
        `UPDATE watch.principals SET attempts = attempts + 1, failure_code = 'NOT_FOUND',
           retry_at = now() + power(4, least(attempts, 6)) * interval '1 second',
           state = CASE WHEN attempts + 1 >= ${ATTEMPTS_UNTIL_MISSING} THEN 'missing' ELSE 'pending' END
          WHERE connection_id = $1 AND object_id = ANY ($2::text[]) AND state = 'pending'`,
        [claimed.connectionId, missing.map((person) => person.objectId)],
      );
      const lost = missing.filter((person) => person.attempts + 1 >= ATTEMPTS_UNTIL_MISSING);
      await addRechecks(
        tx,
        lost.map(({ objectId }) => recheckOf(claimed, objectId, clock())),
      );
    });
  }

  /** The claim runs out by itself, so nothing is lost where even this cannot be written down. */
  private async react(error: unknown, { connectionId, claimedUntil }: ClaimedPrincipals): Promise<void> {
    const { db, log } = this.context;
    const { reaction, nextTryAt, isNews } = await takeFailure(this.context, error, { connectionId, kind: 'users', failures: 0 });
    const fields = { connectionId, nextTryAt };
    logFailure(log, error, fields, 'the attributes of new people could not be read; trying again', isNews);
    if (reaction.kind === 'abandon' || reaction.kind === 'reset') return;
    await db.query(
      `UPDATE watch.principals SET retry_at = now() + $3 * interval '1 millisecond'
        WHERE connection_id = $1 AND retry_at = $2 AND state = 'pending'`,
      [connectionId, claimedUntil, reaction.waitMs],
    );
  }
}

/** A part of the trace that named the people; where several did, of one of them, with links to the others. */
function spanOf({ organisationId, connectionId, people }: ClaimedPrincipals): SpanOptions {
  const [parent = null, ...links] = new Set(people.flatMap(({ traceparent }) => traceparent ?? []));
  return {
    parent,
    links,
    attributes: {
      'rollcall.organisation_id': organisationId,
      'rollcall.connection_id': connectionId,
      'rollcall.people': people.length,
    },
  };
}

function userItems(user: DirectoryUser | undefined): { id: string; state: 'present'; attributes: UserAttributes }[] {
  return user === undefined ? [] : [{ id: user.id, state: 'present', attributes: user.attributes }];
}

function earliestNotice(people: readonly PendingPrincipal[]): Date | null {
  const times = people.flatMap(({ noticedAt }) => (noticedAt === null ? [] : [noticedAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}

function recheckOf({ organisationId, connectionId }: ClaimedPrincipals, memberId: string, dueAt: Date) {
  return { organisationId, connectionId, kind: 'user' as const, groupId: null, memberId, reason: 'NOT_FOUND', dueAt };
}
