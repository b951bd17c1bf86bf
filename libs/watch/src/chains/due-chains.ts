/** A connection holds at most this many chain leases, so that a busy tenant delays no other (invariant 9). */
export const MAX_LEASES_PER_CONNECTION = 4;

/** `$1` sweep, `$2` degraded sweep, `$3` gathering, in milliseconds; `c` chain, `m` its due mark, `w` its connection. */
export const IS_DUE = `(
  c.link IS NULL OR c.next_link IS NOT NULL OR w.quarantined
  OR (m.due_seq > c.read_seq AND (c.read_at IS NULL OR c.read_at + $3::bigint * interval '1 millisecond' <= now())) OR c.reread_soon_at <= now() OR c.reread_late_at <= now()
  OR c.read_at + (CASE WHEN w.degraded_since IS NULL THEN $1::bigint ELSE LEAST($1::bigint, $2::bigint) END) * interval '1 millisecond' <= now()
)`;
/** While a permission is missing, only the kind of chain that needs it is tried; the rest waits with it. */
export const IS_CLAIMABLE = `(
  (c.state = 'live' OR (c.state = 'overlapping' AND c.link IS NULL))
  AND (c.lease_until IS NULL OR c.lease_until <= now()) AND (c.retry_at IS NULL OR c.retry_at <= now())
  AND (w.block_kind IS NULL OR w.block_kind = c.kind)
)`;

/** Chains of which a notice has told since they were read. */
export const NOTICED = 'SELECT chain_id AS id FROM watch.due_marks WHERE unread';

/** More find one sooner where much is due, fewer cost less where nothing is. */
export const LONGEST = 50;

/** All chains of the connections whose turn is the oldest. */
export const WAITING_LONGEST = `
  SELECT c.id FROM watch.chains c JOIN (
    SELECT connection_id FROM watch.watched_connections
     WHERE live AND (blocked_until IS NULL OR blocked_until <= now()) ORDER BY claimed_at LIMIT ${LONGEST}) AS w USING (connection_id)`;

/** Every chain for which `IS_DUE` may hold, each condition by an index of its own. */
export const PERHAPS_DUE = `
  ${NOTICED}
  UNION ALL SELECT id FROM watch.chains WHERE (link IS NULL OR next_link IS NOT NULL) AND state <> 'retired'
  UNION ALL SELECT id FROM watch.chains WHERE reread_soon_at <= now()
  UNION ALL SELECT id FROM watch.chains WHERE reread_late_at <= now()
  UNION ALL SELECT id FROM watch.chains WHERE state = 'live' AND read_at <= now() - $1::bigint * interval '1 millisecond'
  UNION ALL SELECT c.id FROM watch.watched_connections w JOIN watch.chains c USING (connection_id)
             WHERE w.degraded_since IS NOT NULL OR w.quarantined`;
