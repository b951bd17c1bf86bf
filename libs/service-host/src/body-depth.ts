/** Deeper than anything that is sent in earnest; what is deeper was made to hurt. */
export const MAX_BODY_DEPTH = 64;

/** Level by level, so that depth costs no stack. */
export function isTooDeep(body: unknown): boolean {
  let layer = [body].filter(isContainer);
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth === MAX_BODY_DEPTH) return true;
    layer = layer.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
