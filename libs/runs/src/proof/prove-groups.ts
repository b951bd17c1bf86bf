import { EVERYBODY, type RunSummary } from '#contracts';
import type { Tx } from '#database';
import { joinedAsSets } from '../comparing/joined-as-sets.js';

/** How many groups of the run are equal to the accounts, are not, and gave no complete picture; and of how many people. */
export type ProofCounts = NonNullable<RunSummary['proof']>;

/**
 * Compares, at the end of a run, what it read of each group with who has the grant and a live account, of everybody with who has a
 * live account: a count and a digest of the
 * sorted ids on both sides, and whoever is on one side only, with the reason. Call it while what was read is still staged; repeating
 * it proves anew. Null where the run read no group.
 */
export async function proveGroups(tx: Tx, runId: string): Promise<ProofCounts | null> {
  const [run] = await tx.query<{ connectionId: string }>(
    'SELECT connection_id AS "connectionId" FROM runs.sync_runs WHERE id = $1',
    [runId],
  );
  if (run === undefined) return null;
  await tx.query('DELETE FROM runs.proof_differences WHERE run_id = $1', [runId]);
  await tx.query('DELETE FROM runs.group_proofs WHERE run_id = $1', [runId]);
  await joinedAsSets(tx, async () => {
    await tx.query(DIFFERENCES, [runId, run.connectionId]);
    await tx.query(PROOFS, [runId, run.connectionId]);
  });
  const [counts] = await tx.query<ProofCounts & { readonly groups: number }>(COUNTS, [runId]);
  if (counts === undefined || counts.groups === 0) return null;
  const { equal, different, unread, differing, unexplained } = counts;
  return { equal, different, unread, differing, unexplained };
}

const SIDES = `
  listed AS (
    SELECT s.group_id, s.member_id AS person, bool_or(s.readable) AS readable, max(s.read_no) AS read_no
      FROM runs.staged_members s JOIN runs.group_reads r ON r.run_id = s.run_id AND r.group_id = s.group_id AND r.state = 'complete'
     WHERE s.run_id = $1 AND s.member_type = 'user' GROUP BY s.group_id, s.member_id),
  granted AS (
    SELECT g.group_id, g.entra_object_id AS person, g.source, g.display_name
      FROM people.granted_members g JOIN runs.group_reads r ON r.run_id = $1 AND r.group_id = g.group_id
     WHERE g.connection_id = $2 AND g.status <> 'deactivated'
    UNION ALL
    SELECT r.group_id, k.entra_object_id, 'sync', k.attributes->>'displayName'
      FROM people.known_people k JOIN runs.group_reads r ON r.run_id = $1 AND r.group_id = '${EVERYBODY}'
     WHERE k.connection_id = $2 AND k.account_id IS NOT NULL AND k.status <> 'deactivated')`;

/** Looked up for whoever differs only: most do not. */
const NAME_AS_READ = `(
  SELECT s.attributes->>'displayName' FROM runs.staged_members s
   WHERE s.run_id = $1 AND s.member_id = told.person AND s.attributes IS NOT NULL LIMIT 1)`;

// The first that applies: kept by somebody here, what the read could not tell, what the plan left out, what stands in the person's
// way, what moved since the plan, and newer evidence than this read. What nothing explains is said to be so.
const DIFFERENCES = `
  WITH ${SIDES},
  differing AS (
    SELECT COALESCE(l.group_id, g.group_id) AS group_id, COALESCE(l.person, g.person) AS person, l.person IS NOT NULL AS is_listed,
           l.readable, l.read_no, g.source, g.display_name
      FROM listed l FULL JOIN granted g ON g.group_id = l.group_id AND g.person = l.person
     WHERE l.person IS NULL OR g.person IS NULL),
  orders AS (
    SELECT entra_object_id AS person, group_id, max(kept) AS kept FROM people.standing_orders WHERE connection_id = $2 GROUP BY 1, 2),
  planned AS (
    SELECT entra_object_id AS person, group_id, bool_or(decision = 'skip' OR code = 'CANCELLED') AS left_out,
           bool_or(outcome = 'failed') AS failed, bool_or(outcome = 'stale') AS stale, max(code) FILTER (WHERE outcome = 'failed') AS code
      FROM runs.planned_changes WHERE run_id = $1 AND action <> 'skip' GROUP BY 1, 2),
  judged AS (
    SELECT d.*, COALESCE(own.kept, whole.kept) AS kept, c.code AS doubt, c.outcome = 'unconfirmed' AS is_doubted,
           r.unreadable_people > 0 AND NOT d.is_listed AS is_unreadable,
           COALESCE(p.left_out, false) OR COALESCE(a.left_out, false) AS left_out,
           COALESCE(p.failed, false) OR COALESCE(a.failed, false) AS failed, COALESCE(p.code, a.code) AS failed_code,
           COALESCE(p.stale, false) OR COALESCE(a.stale, false) AS stale,
           k.skip_code, k.attributes->>'displayName' AS known_name, k.status = 'deactivated' AND k.skip_code IS NULL AS is_off_by_hand,
           m.read_no > COALESCE(d.read_no, r.first_read_no) OR k.user_read_no > r.read_no OR k.deferred AS has_newer
      FROM differing d
      JOIN runs.group_reads r ON r.run_id = $1 AND r.group_id = d.group_id AND r.state = 'complete'
      LEFT JOIN orders own ON own.person = d.person AND own.group_id = d.group_id
      LEFT JOIN orders whole ON whole.person = d.person AND whole.group_id IS NULL
      LEFT JOIN planned p ON p.person = d.person AND p.group_id = d.group_id
      LEFT JOIN planned a ON a.person = d.person AND a.group_id IS NULL
      LEFT JOIN runs.removal_candidates c ON c.run_id = $1 AND c.group_id = d.group_id AND c.member_id = d.person
      LEFT JOIN people.known_memberships m ON m.connection_id = $2 AND m.group_id = d.group_id AND m.member_id = d.person
      LEFT JOIN people.known_people k ON k.connection_id = $2 AND k.entra_object_id = d.person)
  INSERT INTO runs.proof_differences (run_id, group_id, entra_object_id, display_name, side, why, code)
  SELECT $1, group_id, person, COALESCE(display_name, known_name, ${NAME_AS_READ}), CASE WHEN is_listed THEN 'onlyInEntra' ELSE 'onlyHere' END, why,
         CASE why WHEN 'skipped' THEN skip_code WHEN 'unreadable' THEN 'MEMBERS_UNREADABLE' WHEN 'unconfirmed' THEN doubt
                  WHEN 'failed' THEN failed_code WHEN 'stale' THEN 'PLAN_STALE' END
    FROM (
      SELECT judged.*, CASE
          WHEN kept IS NOT NULL THEN kept
          WHEN source = 'manual' OR (is_listed AND is_off_by_hand) THEN 'byHand'
          WHEN readable = false OR is_unreadable THEN 'unreadable'
          WHEN is_doubted THEN 'unconfirmed'
          WHEN left_out THEN 'leftOut'
          WHEN is_listed AND skip_code <> 'NOT_IN_SCOPE' THEN 'skipped'
          WHEN failed THEN 'failed'
          WHEN stale THEN 'stale'
          WHEN has_newer THEN 'changedSince'
          WHEN is_listed AND skip_code IS NOT NULL THEN 'skipped'
          ELSE 'unexplained'
        END AS why
        FROM judged) AS told`;

const DIGEST = `encode(sha256(convert_to(COALESCE(string_agg(person::text, ',' ORDER BY person), ''), 'UTF8')), 'hex')`;

/** The digest of nobody. */
const NOBODY = `encode(sha256(''), 'hex')`;

const PROOFS = `
  WITH ${SIDES},
  reads AS (SELECT group_id, count(*) AS people, ${DIGEST} AS digest FROM listed GROUP BY group_id),
  grants AS (SELECT group_id, count(*) AS people, ${DIGEST} AS digest FROM granted GROUP BY group_id),
  reasons AS (
    SELECT group_id, jsonb_object_agg(why, people) AS reasons
      FROM (SELECT group_id, why, count(*) AS people FROM runs.proof_differences WHERE run_id = $1 GROUP BY 1, 2) AS counted GROUP BY 1)
  INSERT INTO runs.group_proofs (run_id, group_id, read_people, read_digest, account_people, account_digest, reasons, code)
  SELECT $1, r.group_id,
         CASE WHEN r.state = 'complete' THEN COALESCE(l.people, 0) END,
         CASE WHEN r.state = 'complete' THEN COALESCE(l.digest, ${NOBODY}) END,
         COALESCE(g.people, 0), COALESCE(g.digest, ${NOBODY}), COALESCE(w.reasons, '{}'), r.code
    FROM runs.group_reads r
         LEFT JOIN reads l ON l.group_id = r.group_id
         LEFT JOIN grants g ON g.group_id = r.group_id
         LEFT JOIN reasons w ON w.group_id = r.group_id
   WHERE r.run_id = $1`;

const COUNTS = `
  SELECT count(*) AS groups, count(*) FILTER (WHERE read_digest = account_digest) AS equal,
         count(*) FILTER (WHERE read_digest <> account_digest) AS different, count(*) FILTER (WHERE read_digest IS NULL) AS unread,
         (SELECT count(DISTINCT entra_object_id) FROM runs.proof_differences WHERE run_id = $1) AS differing,
         (SELECT count(DISTINCT entra_object_id) FROM runs.proof_differences WHERE run_id = $1 AND why = 'unexplained') AS unexplained
    FROM runs.group_proofs WHERE run_id = $1`;
