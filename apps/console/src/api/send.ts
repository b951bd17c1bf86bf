import { problemOf, unreachable } from './problem.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** An operation as the OpenAPI document names it, below `/api/v1`. */
export type Operation = `${Method} /${string}`;

export interface Call {
  readonly path?: Readonly<Record<string, string>>;
  /** Undefined and empty values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Calls an operation with the session's cookie. Throws {@link ApiProblem}, also where nothing answers. */
export async function send<Answer>(operation: Operation, call: Call = {}): Promise<Answer> {
  const [method = 'get', template = '/'] = operation.split(' ');
  const response = await fetch(urlOf(template, call), {
    method: method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  }).catch((error: unknown) => {
    if (call.signal?.aborted === true) throw error;
    throw unreachable();
  });
  const body = parse(await response.text());
  if (!response.ok) throw problemOf(response.status, body, response.headers.get('x-correlation-id'));
  return body as Answer;
}

export function urlOf(template: string, { path = {}, query = {} }: Pick<Call, 'path' | 'query'>): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${filled}${text === '' ? '' : `?${text}`}`;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
