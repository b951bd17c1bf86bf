import { z } from 'zod';
import type { TokenFacts } from '../permissions/permission-report.js';

const claimsSchema = z.looseObject({ roles: z.array(z.string()).optional(), tid: z.string().optional() });

/** Reads roles and tenant out of an access token. The token is Graph's, not ours, so whatever cannot be read is left out (sheet 1.1). */
export function readTokenFacts(token: string, expiresAt: Date): TokenFacts {
  const claims = claimsSchema.safeParse(decodePayload(token));
  if (!claims.success) return { expiresAt, roles: [] };
  const { roles, tid } = claims.data;
  return { expiresAt, roles: roles ?? [], ...(tid === undefined ? {} : { tenantId: tid }) };
}

function decodePayload(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
