import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readListPage } from './list-page.js';

const item = z.object({ id: z.string() });
const read = (body: unknown) => readListPage(body, item, 'it');

describe('readListPage', () => {
  test('an empty page with a nextLink is a page', () => {
    expect(read({ value: [], '@odata.nextLink': 'https://g/2' })).toEqual({
      items: [],
      nextLink: 'https://g/2',
      deltaLink: null,
    });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['an error envelope', { error: { code: 'x' } }],
    ['no value', { '@odata.nextLink': 'https://g/2' }],
    ['a value that is no list', { value: {} }],
    ['a null value', { value: null }],
    ['an item without id', { value: [{ displayName: 'x' }] }],
    ['both links', { value: [], '@odata.nextLink': 'https://g/2', '@odata.deltaLink': 'https://g/d' }],
    ['a link that is no text', { value: [], '@odata.nextLink': 7 }],
    ['an empty link', { value: [], '@odata.nextLink': '' }],
  ])('%s is an error, never an empty page', (_name, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'GRAPH_ANSWER_INVALID' }));
  });

  test('the message shows where the shape is wrong, not the values', () => {
    expect(() => read({ value: [{ id: 7, displayName: 'Alice' }] })).toThrow(/0\.id: invalid_type/);
    expect(() => read({ value: [{ id: 7, displayName: 'Alice' }] })).not.toThrow(/Alice/);
  });
});
