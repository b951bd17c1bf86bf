import { z } from 'zod';
import type { Behaviours } from '../faults/behaviours.js';
import type { GraphCall, GraphReply } from '../http/graph-call.js';
import { badRequest } from '../http/graph-error.js';

const MOST_REQUESTS = 20;

const batchSchema = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).default([]),
    }),
  ),
});

type BatchItem = z.output<typeof batchSchema>['requests'][number];

/** One request of the batch as if it had come alone. `url` is relative: `/groups/…`. */
export type RunItem = (call: Pick<GraphCall, 'method' | 'headers' | 'body'> & { readonly url: string }) => Promise<GraphReply>;

/** Runs the requests of a `$batch`, at once where nothing makes them wait, and answers each by its id. */
export async function runBatch(body: unknown, run: RunItem, behaviours: Behaviours): Promise<GraphReply> {
  const requests = parseBatch(body);
  const running = new Map<string, Promise<BatchAnswer>>();
  const start = (item: BatchItem): Promise<BatchAnswer> => {
    const known = running.get(item.id.toLowerCase());
    if (known) return known;
    const answer = runItem(item, requests, start, run);
    running.set(item.id.toLowerCase(), answer);
    return answer;
  };
  const responses = await Promise.all(requests.map(start));
  const isThrottled = responses.some((response) => response.status === 429);
  return { status: isThrottled ? behaviours.batchStatusWhenThrottled : 200, body: { responses: responses.reverse() } };
}

interface BatchAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function parseBatch(body: unknown): BatchItem[] {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) throw badRequest('Invalid batch payload format.');
  const { requests } = parsed.data;
  if (requests.length > MOST_REQUESTS)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MOST_REQUESTS}.`);
  const ids = new Set(requests.map((item) => item.id.toLowerCase()));
  if (ids.size < requests.length) throw badRequest('Request ids of a batch must be unique.');
  for (const [index, item] of requests.entries()) {
    if (/^https?:/i.test(item.url)) throw badRequest(`Url of request '${item.id}' must be relative.`);
    if (item.body !== undefined && !hasContentType(item))
      throw badRequest(`Request '${item.id}' has a body but no Content-Type header.`);
    const earlier = new Set(requests.slice(0, index).map((each) => each.id.toLowerCase()));
    if (!item.dependsOn.every((id) => earlier.has(id.toLowerCase())))
      throw badRequest(`Request '${item.id}' depends on an unknown or later request.`);
  }
  return requests;
}

async function runItem(
  item: BatchItem,
  all: readonly BatchItem[],
  start: (item: BatchItem) => Promise<BatchAnswer>,
  run: RunItem,
): Promise<BatchAnswer> {
  const needed = all.filter((each) => item.dependsOn.some((id) => id.toLowerCase() === each.id.toLowerCase()));
  const before = await Promise.all(needed.map(start));
  if (before.some((answer) => answer.status >= 400)) {
    return {
      id: item.id,
      status: 424,
      headers: {},
      body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
    };
  }
  const headers = Object.fromEntries(Object.entries(item.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const reply = await run({ method: item.method.toUpperCase(), url: item.url, headers, body: item.body });
  const isText = reply.text !== undefined;
  return {
    id: item.id,
    status: reply.status,
    headers: { ...reply.headers, 'Content-Type': isText ? 'text/plain' : 'application/json' },
    ...(isText ? { body: Buffer.from(reply.text).toString('base64') } : reply.body === undefined ? {} : { body: reply.body }),
  };
}

function hasContentType(item: BatchItem): boolean {
  return Object.keys(item.headers).some((name) => name.toLowerCase() === 'content-type');
}
