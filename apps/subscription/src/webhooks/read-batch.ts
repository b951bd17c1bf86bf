import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import { isTooDeep, MAX_BODY_DEPTH } from '#service-host';

/** The items of a notification batch. Throws 415 where the body is not JSON, 400 where it has no `value` list or is too deep. */
export function readBatch(contentType: string | undefined, body: unknown): readonly unknown[] {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType ?? ''))
    throw new UnsupportedMediaTypeException('the body must be JSON');
  if (isTooDeep(body)) throw new BadRequestException(`the body is deeper than ${MAX_BODY_DEPTH} levels`);
  if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value)) {
    throw new BadRequestException('the body has no list "value"');
  }
  return body.value as readonly unknown[];
}
