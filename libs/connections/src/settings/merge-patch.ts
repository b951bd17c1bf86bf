import { isObject } from './is-object.js';

/** JSON Merge Patch (RFC 7396): objects merge member by member, null removes, anything else replaces, arrays as a whole. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, name);
    else define(merged, name, mergePatch(merged[name], value));
  }
  return merged;
}

/** `__proto__` becomes a plain member, which strict validation then names. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
