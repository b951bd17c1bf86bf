/**
 * The claims that Graph demands of the next token (continuous access evaluation, Graph sheet 6.2), decoded to JSON text.
 * Undefined where the challenge holds none.
 */
export function readClaimsChallenge(wwwAuthenticate: string | null): string | undefined {
  const encoded = /\bclaims="([^"]+)"/i.exec(wwwAuthenticate ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return claims.trimStart().startsWith('{') ? claims : undefined;
}
