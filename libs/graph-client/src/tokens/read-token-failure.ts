import { z } from 'zod';
import type { TokenFailure } from '../errors/classify-token-failure.js';

/** The newest answer of Entra during a token request. */
export interface EntraAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

const bodySchema = z.looseObject({
  error: z.string(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number()).optional(),
  trace_id: z.string().optional(),
});

const LONGEST_DESCRIPTION = 400;

/** Reads Entra's error body (Graph sheet 1.2). A 2xx that the library could not use, and no answer at all, have no status. */
export function readTokenFailure(answer: EntraAnswer | null, cause: unknown): TokenFailure {
  const body = bodySchema.safeParse(parseJson(answer?.body ?? ''));
  const refused = answer !== null && answer.status >= 300;
  const description = body.success ? (body.data.error_description ?? '') : cause instanceof Error ? cause.message : '';
  return {
    status: refused ? answer.status : null,
    error: body.success ? body.data.error : null,
    aadsts: body.success ? (body.data.error_codes?.[0] ?? numberInText(description)) : null,
    description: firstPart(description),
    retryAfter: answer?.retryAfter ?? null,
    traceId: body.success ? (body.data.trace_id ?? null) : null,
  };
}

/** Without the trailing ids and the time, which are facts of their own. */
function firstPart(description: string): string {
  return (description.split(/\s*Trace ID:/)[0] ?? '').trim().slice(0, LONGEST_DESCRIPTION);
}

function numberInText(text: string): number | null {
  const found = /AADSTS(\d+)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
