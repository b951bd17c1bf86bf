import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';

/** Deeper than anything that Graph sends; what is deeper was made to hurt. */
const MAX_DEPTH = 64;

/** The items of a notification batch. Throws 415 where the body is not JSON, 400 where it has no `value` list or is too deep. */
export function readBatch(contentType: string | undefined, body: unknown): readonly unknown[] {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType ?? ''))
    throw new UnsupportedMediaTypeException('the body must be JSON');
  if (isDeeperThan(body, MAX_DEPTH)) throw new BadRequestException(`the body is deeper than ${MAX_DEPTH} levels`);
  if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value)) {
    throw new BadRequestException('the body has no list "value"');
  }
  return body.value as readonly unknown[];
}

/** Level by level, so that depth costs no stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let layer = [value].filter(isContainer);
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth === levels) return true;
    layer = layer.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
