import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

type JsonObject = Record<string, unknown>;
interface RequestBody {
  required?: boolean;
  content: Record<string, { schema?: JsonObject }>;
}

interface ConvertedSchema {
  readonly schema: JsonObject;
  readonly components: Record<string, JsonObject>;
}

/** Marks a schema that may be left out altogether, until the document is finished: see `letOptionalBodiesBeAbsent`. */
const MAY_BE_ABSENT = 'x-may-be-absent';

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
  if (schemaType === 'input' && schema.safeParse(undefined).success) body[MAY_BE_ABSENT] = true;
  return { schema: body, components: Object.fromEntries(components) as Record<string, JsonObject> };
}

/** Nest takes every body for required; one whose schema takes nothing for an answer is not. Changes the document in place. */
export function letOptionalBodiesBeAbsent({ paths }: Pick<OpenAPIObject, 'paths'>): void {
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods) as { requestBody?: RequestBody }[])) {
    const { requestBody } = operation;
    for (const media of Object.values(requestBody?.content ?? {})) {
      const { [MAY_BE_ABSENT]: mayBeAbsent, ...schema } = media.schema ?? {};
      if (requestBody === undefined || mayBeAbsent !== true) continue;
      requestBody.required = false;
      media.schema = schema;
    }
  }
}
