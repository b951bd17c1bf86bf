import { badRequest } from '../http/graph-error.js';
import type { DirectoryObject, ObjectKind } from '../tenant/directory-object.js';
import { defaultProperties, emptyValue, isKnownProperty } from '../tenant/property-table.js';

/** Names in `$select`, or undefined when there is none. A name that the type does not have is Graph's 400. */
export function parseSelect(
  text: string | undefined,
  kinds: readonly ObjectKind[],
  typeName = kinds[0] ?? 'directoryObject',
): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    if (!kinds.some((kind) => isKnownProperty(kind, name))) {
      throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${typeName}'.`);
    }
  }
  return names.includes('id') ? names : ['id', ...names];
}

export interface Presented {
  [name: string]: unknown;
}

/**
 * An object with the selected properties, or those of its type by default. A selected name that this type lacks is left
 * out, which happens on lists of several types.
 */
export function presentObject(object: DirectoryObject, select: readonly string[] | undefined): Presented {
  const presented: Presented = {};
  for (const name of select ?? defaultProperties(object.kind)) {
    if (name === 'id') presented['id'] = object.id;
    else if (isKnownProperty(object.kind, name)) presented[name] = object.attributes[name] ?? emptyValue(name);
  }
  return presented;
}

export function typeNameOf(object: DirectoryObject): string {
  return `#microsoft.graph.${object.kind}`;
}
