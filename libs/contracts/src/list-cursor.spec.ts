import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ForeignCursorError, ListCursors } from './list-cursor.js';

describe('the cursors of a list', () => {
  const byName = new ListCursors('by name', z.tuple([z.string(), z.guid()]));
  const place: [string, string] = ['Ärger', '00000000-0000-4000-8000-000000000001'];

  it('lead back to their place, and none leads to the beginning', () => {
    expect(byName.decode(byName.encode(place))).toEqual(place);
    expect([byName.decode(undefined), byName.decode(null)]).toEqual([undefined, undefined]);
    expect(new ListCursors('by number', z.int()).decode(new ListCursors('by number', z.int()).encode(0))).toBe(0);
  });

  it('hold nothing that a query would refuse, whoever made them', () => {
    const made = Buffer.from(JSON.stringify(['by name', ['a\0', place[1]]])).toString('base64url');
    expect(byName.decode(made)).toEqual(['a�', place[1]]);
  });

  it('are refused when they are of another list, of another shape or no cursor at all', () => {
    const other = new ListCursors('by mail', z.tuple([z.string(), z.guid()])).encode(place);
    const shapeless = Buffer.from(JSON.stringify(['by name', ['x', 'no id']])).toString('base64url');
    for (const cursor of [other, shapeless, 'nonsense', '', '2.5']) {
      expect(() => byName.decode(cursor)).toThrow(ForeignCursorError);
    }
  });
});
