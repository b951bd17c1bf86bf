import { MAX_PAGE_BYTES, MAX_PAGE_ITEMS } from '#contracts';

/** Room for the envelope and the header of a page. */
const HEADER_BYTES = 4 * 1024;

/** Cuts items, in their order, into pages of at most 500 items and 256 KiB. An item that is too large alone gets a page of its own. */
export function splitIntoPages<Item>(
  items: readonly Item[],
  maxItems = MAX_PAGE_ITEMS,
  maxBytes = MAX_PAGE_BYTES - HEADER_BYTES,
): Item[][] {
  const pages: Item[][] = [];
  let page: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (page.length > 0 && (page.length >= maxItems || bytes + size > maxBytes)) {
      pages.push(page);
      page = [];
      bytes = 0;
    }
    page.push(item);
    bytes += size;
  }
  if (page.length > 0) pages.push(page);
  return pages;
}
