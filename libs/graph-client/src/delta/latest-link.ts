import { z } from 'zod';
import { unusable } from '../paging/list-page.js';
import { readPages } from '../paging/read-pages.js';
import type { GraphRequest, GraphSender } from '../transport/graph-request.js';

/** Takes the deltaLink of "now". A server that lists objects in spite of `latest` is followed to the end; the objects are left. */
export async function readLatestLink(sender: GraphSender, request: GraphRequest): Promise<{ deltaLink: string }> {
  for await (const page of readPages(sender, request, z.unknown(), 'withDeltaLink')) {
    if (page.deltaLink !== null) return { deltaLink: page.deltaLink };
  }
  throw unusable(request.operation.name, 'no deltaLink');
}
