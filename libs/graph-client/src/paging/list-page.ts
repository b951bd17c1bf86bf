import { z } from 'zod';
import { GraphAnswerInvalidError } from '../errors/graph-errors.js';
import { describeIssues } from './describe-issues.js';

const pageSchema = z.looseObject({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().min(1).optional(),
  '@odata.deltaLink': z.string().min(1).optional(),
});

export interface ListPage<Item> {
  readonly items: Item[];
  readonly nextLink: string | null;
  readonly deltaLink: string | null;
}

/**
 * Reads one page of a list. Whatever is not a list, or holds an item that is not one of its kind, is GraphAnswerInvalid: an error
 * is never an empty page. An empty page with a nextLink is fine (Graph sheet 2.2).
 */
export function readListPage<Schema extends z.ZodType>(
  body: unknown,
  item: Schema,
  operation: string,
): ListPage<z.infer<Schema>> {
  const page = pageSchema.safeParse(body);
  if (!page.success) throw unusable(operation, describeIssues(page.error));
  const items = z.array(item).safeParse(page.data.value);
  if (!items.success) throw unusable(operation, describeIssues(items.error));
  const nextLink = page.data['@odata.nextLink'] ?? null;
  const deltaLink = page.data['@odata.deltaLink'] ?? null;
  if (nextLink !== null && deltaLink !== null) throw unusable(operation, 'both a nextLink and a deltaLink');
  return { items: items.data, nextLink, deltaLink };
}

export function readObject<Schema extends z.ZodType>(body: unknown, schema: Schema, operation: string): z.infer<Schema> {
  const object = schema.safeParse(body);
  if (!object.success) throw unusable(operation, describeIssues(object.error));
  return object.data;
}

export function unusable(operation: string, what: string): GraphAnswerInvalidError {
  return new GraphAnswerInvalidError(`Graph answered ${operation} with an unusable page: ${what}.`, { operation });
}
