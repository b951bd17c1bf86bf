import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventCatalogue } from './catalogue.js';
import { envelopeSchema } from './envelope.js';

/** `rollcall.directory.users.changed` is in `rollcall.directory.users.changed.v1.json`. */
const fileOf = (type: string) => `${type}.v1.json`;

describe('the event catalogue', () => {
  it('names each type once', () => {
    const types = eventCatalogue.map((definition) => definition.type);
    expect(new Set(types).size).toBe(types.length);
  });

  // `npx vitest run -u libs/contracts` writes the schemas anew after a change.
  it.each(eventCatalogue.map((definition) => [definition.type, definition] as const))(
    'has the committed JSON Schema of %s',
    async (type, definition) => {
      const schema = z.toJSONSchema(envelopeSchema.extend({ type: z.literal(type), data: definition.data }), {
        io: 'input',
        unrepresentable: 'any',
      });
      const named = {
        $id: `https://rollcall.dev/schemas/${fileOf(type)}`,
        title: type,
        description: `Topic ${definition.topic}`,
        ...schema,
      };
      await expect(`${JSON.stringify(named, null, 2)}\n`).toMatchFileSnapshot(`../schemas/${fileOf(type)}`);
    },
  );

  it('has no schema of a type that is gone', () => {
    const files = readdirSync(new URL('../schemas', import.meta.url));
    expect(files.toSorted()).toEqual(eventCatalogue.map((definition) => fileOf(definition.type)).toSorted());
  });

  it.each(eventCatalogue.map((definition) => [definition.type, definition] as const))(
    'keeps unknown fields of %s: schemas are loose',
    (_type, definition) => {
      const schema = definition.data as z.ZodObject;
      expect(schema.def.catchall).toBeInstanceOf(z.ZodUnknown);
    },
  );
});
