import type { Clock } from '#contracts';
import { GraphError } from '../errors/graph-error.js';
import type { TokenFacts } from '../permissions/permission-report.js';
import { readTokenFacts } from './token-facts.js';

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Asks Entra for a token, always by a request; throws a GraphError. */
export type TokenRequest = (claims?: string) => Promise<IssuedToken>;

interface HeldToken extends IssuedToken {
  readonly issuedAt: Date;
}

/** New consent shows in new tokens only, and tokens under continuous access evaluation live for a day: so none is kept longer. */
const LONGEST_USE_MS = 60 * 60_000;
const RENEWAL_MARGIN_MS = 5 * 60_000;
/** A refusal that an admin must mend is repeated from memory for this long: at most one token request a minute. */
const REFUSAL_MEMORY_MS = 60_000;
/** How old a token must be before a refusal costs a new one: whatever is refused in a row does not become a row of token requests. */
const DISTRUST_AGE_MS = 30_000;

/** The token of one connection: kept, renewed early, and asked for once however many callers wait. */
export class TokenProvider {
  private held: HeldToken | null = null;
  private distrusted: HeldToken | null = null;
  private pending: Promise<HeldToken> | null = null;
  private refusal: { readonly error: GraphError; readonly until: Date } | null = null;
  private lastVainRenewalAt: Date | null = null;

  constructor(
    private readonly request: TokenRequest,
    private readonly clock: Clock,
  ) {}

  async accessToken(): Promise<string> {
    if (this.held !== null && this.isTrusted(this.held) && this.clock() < usableUntil(this.held)) return this.held.token;
    if (this.refusal !== null && this.clock() < this.refusal.until) throw this.refusal.error;
    return (await this.acquire()).token;
  }

  /** `fresh` never answers from memory: neither a token nor a refusal. */
  async facts(fresh: boolean): Promise<TokenFacts> {
    if (fresh) await this.acquire();
    const token = await this.accessToken();
    return readTokenFacts(token, this.held?.expiresAt ?? this.clock());
  }

  /**
   * Another token in place of one that Graph answered with 401. Null: a renewal has just been in vain, so the refusal stands.
   * Callers that were refused together get the same new token.
   */
  async replace(refused: string, claims: string | undefined): Promise<string | null> {
    if (this.held !== null && this.held.token !== refused) return this.held.token;
    if (this.lastVainRenewalAt !== null && this.ageMs(this.lastVainRenewalAt) < DISTRUST_AGE_MS) return null;
    return (await this.acquire(claims)).token;
  }

  /** Graph refused the replacement too. */
  renewalWasInVain(): void {
    this.lastVainRenewalAt = this.clock();
  }

  /**
   * After a 401, a 403 or unreadable people: permissions may be granted since the token was issued, so the next call takes a new one.
   * One that is young is used until it is not: it may have been refused when it was a moment old, and be asked for again much later.
   */
  distrust(): void {
    this.distrusted = this.held;
  }

  private isTrusted(token: HeldToken): boolean {
    return token !== this.distrusted || this.ageMs(token.issuedAt) < DISTRUST_AGE_MS;
  }

  private async acquire(claims?: string): Promise<HeldToken> {
    this.pending ??= this.requestToken(claims).finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  private async requestToken(claims: string | undefined): Promise<HeldToken> {
    try {
      const issued = await this.request(claims);
      this.held = { ...issued, issuedAt: this.clock() };
      this.refusal = null;
      return this.held;
    } catch (error) {
      if (error instanceof GraphError) this.remember(error);
      throw error;
    }
  }

  private remember(error: GraphError): void {
    if (error.retry === 'later') return;
    const memoryMs = error.retry === 'never' ? REFUSAL_MEMORY_MS : error.retry.afterMs;
    if (error.retry === 'never') this.held = null;
    this.refusal = { error, until: new Date(this.clock().getTime() + memoryMs) };
  }

  private ageMs(instant: Date): number {
    return this.clock().getTime() - instant.getTime();
  }
}

/** Short-lived tokens are used for four fifths of their life, long ones until five minutes before their end. */
function usableUntil(token: HeldToken): Date {
  const lifeMs = token.expiresAt.getTime() - token.issuedAt.getTime();
  const useMs = Math.min(lifeMs - Math.min(RENEWAL_MARGIN_MS, lifeMs / 5), LONGEST_USE_MS);
  return new Date(token.issuedAt.getTime() + useMs);
}
