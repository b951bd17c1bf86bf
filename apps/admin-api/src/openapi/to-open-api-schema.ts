import { z } from 'zod';

type JsonObject = Record<string, unknown>;

/** A schema with an id becomes a component that is referred to, wherever it stands; others are written out in place. */
export function toOpenApiSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $defs, id, ...body } = withoutSchemaUri(
    z.toJSONSchema(schema, { target: 'openapi-3.0', io: schemaType, unrepresentable: 'any' }),
  );
  const components = Object.fromEntries(
    Object.entries(($defs ?? {}) as Record<string, JsonObject>).map(([name, definition]) => [name, withoutId(definition)]),
  );
  if (typeof id !== 'string') return { schema: body, components };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...components, [id]: body } };
}

function withoutSchemaUri(schema: object): JsonObject {
  const { $schema: _, ...rest } = schema as JsonObject;
  return rest;
}

function withoutId(schema: JsonObject): JsonObject {
  const { id: _, ...rest } = schema;
  return rest;
}
