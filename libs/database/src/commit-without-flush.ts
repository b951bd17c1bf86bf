/**
 * A call for a statement of a transaction (in FROM, USING or the select list) whose commit need not wait for the disk. Such a commit
 * is seen by all at once and may be lost, as a whole, by a crash within a second; every later commit that is flushed takes it along.
 * Only for what is then done again by itself.
 */
export const COMMIT_WITHOUT_FLUSH = `set_config('synchronous_commit', 'off', true)`;
