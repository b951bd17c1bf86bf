import { z } from 'zod';

type JsonObject = Record<string, unknown>;

interface ConvertedSchema {
  readonly schema: JsonObject;
  readonly components: Record<string, JsonObject>;
}

/** A schema with an id becomes a component that is referred to, wherever it stands; others are written out in place. */
export function toOpenApiSchema(
  schema: unknown,
  { schemaType }: { schemaType: 'input' | 'output' },
): ConvertedSchema | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const json: JsonObject = z.toJSONSchema(schema, { target: 'openapi-3.0', io: schemaType, unrepresentable: 'any' });
  const { definitions, $schema: _, ...body } = json;
  const components = Object.entries((definitions ?? {}) as Record<string, JsonObject>).map(([name, { id: __, ...component }]) => [
    name,
    component,
  ]);
  return { schema: body, components: Object.fromEntries(components) as Record<string, JsonObject> };
}
