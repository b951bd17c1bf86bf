import type { ConnectionSettings } from '../api/types.js';

type Tree = Record<string, unknown>;

/** What differs, as a merge patch (RFC 7396): nested objects by their changed members, lists and values as a whole. Pure. */
export function settingsPatch(before: ConnectionSettings, after: ConnectionSettings): Tree {
  return difference(before, withoutEmptyTexts(after));
}

/** A line that is being typed may be empty; a filter of nothing is none. */
function withoutEmptyTexts(settings: ConnectionSettings): ConnectionSettings {
  const kept = (texts: readonly string[]) => texts.map((text) => text.trim()).filter((text) => text !== '');
  const { scope } = settings;
  return { ...settings, scope: { ...scope, emailInclude: kept(scope.emailInclude), emailExclude: kept(scope.emailExclude) } };
}

function difference(before: Tree, after: Tree): Tree {
  const patch: Tree = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    patch[name] = isTree(old) && isTree(now) ? difference(old, now) : now === undefined ? null : now;
  }
  return patch;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
