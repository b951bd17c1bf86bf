import { z } from 'zod';

/** An id as Graph sends it: GUID text, in lower case so that ids can be compared. Loose about its form: Graph's ids are Graph's. */
export const graphId = z.string().min(1).toLowerCase();

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}
