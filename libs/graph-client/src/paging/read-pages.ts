import type { z } from 'zod';
import type { GraphRequest, GraphSender } from '../transport/graph-request.js';
import { assertOwnLink, LinkChain } from './link-chain.js';
import { readListPage, unusable, type ListPage } from './list-page.js';

export interface NumberedPage<Item> extends ListPage<Item> {
  readonly index: number;
}

/**
 * Follows an enumeration page by page. Links are sent exactly as they came, headers again with each page (Graph sheet 2.2); a
 * page is asked for only when the one before was taken, so a slow reader slows the reading.
 */
export async function* readPages<Schema extends z.ZodType>(
  sender: GraphSender,
  first: GraphRequest,
  item: Schema,
  ends: 'withoutLink' | 'withDeltaLink',
): AsyncGenerator<NumberedPage<z.infer<Schema>>> {
  const operation = first.operation.name;
  const chain = new LinkChain(sender.graphOrigin, operation);
  let address: string | null = first.address;
  for (let index = 0; address !== null; index += 1) {
    if (!address.startsWith('/')) chain.follow(address);
    const { body } = await sender.send({ ...first, address });
    const page = readListPage(body, item, operation);
    if (ends === 'withDeltaLink' && page.nextLink === null && page.deltaLink === null)
      throw unusable(operation, 'neither nextLink nor deltaLink');
    // Checked before the caller sees the page, who may store a link as the point to go on from.
    for (const link of [page.nextLink, page.deltaLink]) if (link !== null) assertOwnLink(link, sender.graphOrigin, operation);
    if (page.nextLink !== null) chain.arrived(page.items.length);
    yield { ...page, index };
    address = page.nextLink;
  }
}

/** All items of a list that is known to be short. */
export async function readAll<Schema extends z.ZodType>(
  sender: GraphSender,
  first: GraphRequest,
  item: Schema,
): Promise<z.infer<Schema>[]> {
  const items: z.infer<Schema>[] = [];
  for await (const page of readPages(sender, first, item, 'withoutLink')) items.push(...page.items);
  return items;
}
