import { createHash } from 'node:crypto';
import { ForeignLinkError } from '../errors/graph-errors.js';
import { unusable } from './list-page.js';

const MOST_PAGES = 100_000;
const MOST_EMPTY_PAGES_IN_A_ROW = 500;

/** Guards one enumeration: its links stay on Graph's own host, never come back, and end. */
export class LinkChain {
  private readonly seen = new Set<string>();
  private emptyInARow = 0;

  constructor(
    private readonly graphOrigin: string,
    private readonly operation: string,
  ) {}

  /** Checks a link before it is followed, also a stored one. Throws ForeignLink, or GraphAnswerInvalid for a loop or a chain without end. */
  follow(link: string): void {
    assertOwnLink(link, this.graphOrigin, this.operation);
    const digest = createHash('sha1').update(link).digest('base64');
    if (this.seen.has(digest)) throw unusable(this.operation, 'a nextLink that was there before');
    this.seen.add(digest);
    if (this.seen.size > MOST_PAGES) throw unusable(this.operation, `more than ${MOST_PAGES} pages`);
  }

  arrived(itemsOnPage: number): void {
    this.emptyInARow = itemsOnPage === 0 ? this.emptyInARow + 1 : 0;
    if (this.emptyInARow > MOST_EMPTY_PAGES_IN_A_ROW) throw unusable(this.operation, `${this.emptyInARow} empty pages in a row`);
  }
}

/** A link to another origin is refused before a request: the Graph client would fetch it (dependencies, section 4). */
export function assertOwnLink(link: string, graphOrigin: string, operation: string): void {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url === null || url.origin !== graphOrigin || url.username !== '' || url.password !== '') {
    throw new ForeignLinkError(`A link of ${operation} leads to ${url?.origin ?? 'nowhere'}, not to ${graphOrigin}.`, {
      operation,
    });
  }
}
