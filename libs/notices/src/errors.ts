import type { z } from 'zod';
import type { ProblemCode, RetryAdvice } from '#contracts';

export interface RuleFault {
  /** Dotted from the body's root, such as `rules.runFailed.channels`. */
  readonly field: string;
  readonly message: string;
}

/** The rules, or the preferences, cannot be taken; each field is named. */
export class RulesInvalidError extends Error {
  readonly code: ProblemCode = 'VALIDATION_FAILED';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly issues: readonly RuleFault[]) {
    super(issues.map(({ field, message }) => `${field} ${message}`).join('; '));
    this.name = 'RulesInvalidError';
  }

  static of(error: z.ZodError): RulesInvalidError {
    return new RulesInvalidError(
      error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'is not known' }))
          : [{ field: issue.path.join('.'), message: issue.message }],
      ),
    );
  }
}

/** There is no such delivery in this organisation. */
export class DeliveryNotFoundError extends Error {
  readonly code: ProblemCode = 'NOT_FOUND';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly deliveryId: string) {
    super(`there is no delivery ${deliveryId}`);
    this.name = 'DeliveryNotFoundError';
  }
}
