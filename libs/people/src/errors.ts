import type { ProblemCode, RetryAdvice } from '#contracts';

/** No such account in the actor's organisation; an id of another organisation is indistinguishable from none. */
export class AccountNotFoundError extends Error {
  readonly code: ProblemCode = 'NOT_FOUND';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly accountId: string) {
    super(`there is no account ${accountId}`);
    this.name = 'AccountNotFoundError';
  }
}

/** No such open pin in the actor's organisation. */
export class PinNotFoundError extends Error {
  readonly code: ProblemCode = 'NOT_FOUND';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly pinId: string) {
    super(`there is no open pin ${pinId}`);
    this.name = 'PinNotFoundError';
  }
}

/** The account gave its address up when its person was deleted for good, and somebody else has it now. */
export class AddressTakenError extends Error {
  readonly code: ProblemCode = 'EMAIL_CONFLICT';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly accountId: string,
    readonly email: string,
  ) {
    super(`the address ${email} of account ${accountId} belongs to another account now`);
    this.name = 'AddressTakenError';
  }
}
