import { z } from 'zod';
import { GraphAnswerInvalidError } from '../errors/graph-errors.js';
import { readObject } from '../paging/list-page.js';
import { resourceUnits } from '../throttling/resource-units.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import type { GraphSender } from '../transport/graph-request.js';

export interface BatchItem {
  readonly method: 'GET' | 'POST';
  /** Behind the version, encoded. */
  readonly address: string;
  readonly body?: object;
}

/** The answer to one item, with its own status and headers: the SDKs repeat none of them, and neither do we. */
export interface BatchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

/** What the documentation says, against practice, of a batch with a throttled item: its items are read either way (Graph sheet 5.3). */
const FAILED_DEPENDENCY = 424;

/** At most this many items in one batch (Graph sheet 5.3). */
export const BATCH_SIZE = 20;

const responsesSchema = z.looseObject({
  responses: z.array(
    z.looseObject({
      id: z.string(),
      status: z.int(),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});

/**
 * Sends up to 20 reading requests at once. Answers in the order of the items; one that Graph left out is GraphAnswerInvalid for
 * the whole batch.
 */
export async function sendBatch(
  sender: GraphSender,
  operation: GraphOperation,
  items: readonly BatchItem[],
): Promise<BatchAnswer[]> {
  const requests = items.map((item, index) => ({
    id: String(index + 1),
    method: item.method,
    url: item.address,
    ...(item.body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: item.body }),
  }));
  const units = items.reduce((sum, item) => sum + resourceUnits(new URL(item.address, sender.graphOrigin)), 0);
  const { body } = await sender.send({
    operation,
    method: 'POST',
    address: '/$batch',
    body: { requests },
    repeatable: true,
    acceptStatus: FAILED_DEPENDENCY,
    units,
  });
  const { responses } = readObject(body, responsesSchema, operation.name);
  const byId = new Map(responses.map((response) => [response.id, response]));
  return requests.map(({ id }) => {
    const response = byId.get(id);
    if (response === undefined)
      throw new GraphAnswerInvalidError(`Graph left an item out of a batch.`, { operation: operation.name });
    return { status: response.status, headers: headersOf(response.headers), body: response.body };
  });
}

function headersOf(headers: Readonly<Record<string, string>> | null | undefined): { get(name: string): string | null } {
  const byName = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => byName.get(name.toLowerCase()) ?? null };
}
