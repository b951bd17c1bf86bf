import { z } from 'zod';
import type { ProblemCode } from './problems/problem-codes.js';
import type { RetryAdvice } from './retry-advice.js';
import { toStorable } from './storable-text.js';

/** A place in a list that this list never gave. */
export class ForeignCursorError extends Error {
  readonly code: ProblemCode = 'VALIDATION_FAILED';
  readonly retry: RetryAdvice = 'never';
  readonly issues = [{ field: 'cursor', message: 'is not a cursor of this list' }] as const;
  constructor() {
    super('cursor: is not a cursor of this list');
    this.name = 'ForeignCursorError';
  }
}

/** The places of one list, as text that is opaque to whoever gets it. Each list has a name of its own, so none takes another's. */
export class ListCursors<Place> {
  private readonly shape: z.ZodType<[string, Place]>;

  constructor(
    private readonly list: string,
    place: z.ZodType<Place>,
  ) {
    this.shape = z.tuple([z.literal(list), place]);
  }

  encode(place: Place): string {
    return Buffer.from(JSON.stringify([this.list, place])).toString('base64url');
  }

  /** Undefined for no cursor: the list's beginning. Throws `ForeignCursorError`. */
  decode(cursor: string | null | undefined): Place | undefined {
    if (cursor === null || cursor === undefined) return undefined;
    const { success, data } = this.shape.safeParse(parsed(cursor));
    if (!success) throw new ForeignCursorError();
    return data[1];
  }
}

function parsed(cursor: string): unknown {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    // Made by hand, it might hold what no query takes.
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? toStorable(value) : value));
  } catch {
    return undefined;
  }
}
