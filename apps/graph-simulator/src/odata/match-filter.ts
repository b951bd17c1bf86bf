import type { DirectoryObject } from '../tenant/directory-object.js';
import type { Filter, Literal } from './filter.js';

/** Whether the object passes. Text compares without case; a collection passes `any` when one of its items does. */
export function matchFilter(filter: Filter, object: DirectoryObject): boolean {
  switch (filter.op) {
    case 'and':
      return matchFilter(filter.left, object) && matchFilter(filter.right, object);
    case 'or':
      return matchFilter(filter.left, object) || matchFilter(filter.right, object);
    case 'not':
      return !matchFilter(filter.operand, object);
    case 'in':
      return filter.values.some((value) => isEqual(valueAt(object, filter.path), value));
    case 'eq':
      return isEqual(valueAt(object, filter.path), filter.value);
    case 'ne':
      return !isEqual(valueAt(object, filter.path), filter.value);
    case 'startsWith':
      return textAt(object, filter.path).startsWith(filter.value.toLowerCase());
    case 'endsWith':
      return textAt(object, filter.path).endsWith(filter.value.toLowerCase());
    case 'any':
      return itemsAt(object, filter.path).some((item) =>
        filter.compare === 'eq' ? item === filter.value.toLowerCase() : item.startsWith(filter.value.toLowerCase()),
      );
    default:
      return isOrdered(filter.op, valueAt(object, filter.path), filter.value);
  }
}

function valueAt(object: DirectoryObject, path: string): unknown {
  const [first = '', second] = path.split('/');
  const value = first === 'id' ? object.id : object.attributes[first];
  return second !== undefined && isRecord(value) ? value[second] : value;
}

function itemsAt(object: DirectoryObject, path: string): string[] {
  const [first = '', second] = path.split('/');
  const value = object.attributes[first];
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => String(second !== undefined && isRecord(item) ? item[second] : item).toLowerCase());
}

function textAt(object: DirectoryObject, path: string): string {
  const value = valueAt(object, path);
  return typeof value === 'string' ? value.toLowerCase() : '\u0000';
}

function isEqual(actual: unknown, wanted: Literal): boolean {
  if (wanted === null) return actual === null || actual === undefined;
  if (typeof wanted === 'string' && typeof actual === 'string') return actual.toLowerCase() === wanted.toLowerCase();
  return actual === wanted;
}

function isOrdered(op: 'gt' | 'ge' | 'lt' | 'le', actual: unknown, bound: Literal): boolean {
  if (typeof actual !== 'string' || bound === null) return false;
  const order = actual.localeCompare(String(bound));
  return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[op];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
