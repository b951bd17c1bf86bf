import { toStorable } from '#contracts';
import { GraphAnswerInvalidError } from '../errors/graph-errors.js';
import { toUnavailable } from './network-failure.js';

/** A received answer: `body` is parsed JSON, a text (`$count`), or undefined where there is none or it is neither. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

/**
 * Reads an answer to its end. A body that breaks off is GraphUnavailable. A success that is neither JSON nor plain text, or JSON
 * that does not parse, is GraphAnswerInvalid: never data. A failure may have any body (Graph sheet 6.1).
 */
export async function readAnswer(response: Response, operation: string): Promise<GraphAnswer> {
  const text = await response.text().catch((error: unknown) => {
    throw toUnavailable(error, operation);
  });
  const { status, headers } = response;
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') {
    const body = parseJson(text);
    if (body === undefined && status < 300 && text !== '') throw invalid(`JSON that does not parse (${text.length} characters)`);
    return { status, headers, body };
  }
  if (type === 'text/plain' && text !== '') return { status, headers, body: text };
  if (text !== '' && status < 300) throw invalid(type === '' ? 'a body without a type' : type);
  return { status, headers, body: undefined };

  function invalid(what: string): GraphAnswerInvalidError {
    return new GraphAnswerInvalidError(`Graph answered ${operation} with HTTP ${status} and ${what}.`, { operation, status });
  }
}

/** The escapes by which JSON holds what cannot be stored; also those of whole pairs, which are looked at and left as they are. */
const SUSPECT = /\\u(0000|d[89a-f])/i;

/** A name that Entra cut in the middle of a character must not keep 500 people of its page from being stored. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, SUSPECT.test(text) ? storableTexts : undefined);
  } catch {
    return undefined;
  }
}

function storableTexts(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? toStorable(value) : value;
}
