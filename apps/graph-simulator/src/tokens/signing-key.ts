import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

/** The key that access tokens are signed with. `jwk` is the private key, for keeping. */
export interface SigningKey {
  readonly jwk: JWK;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export async function newSigningJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(privateKey);
}

export async function loadSigningKey(jwk: JWK): Promise<SigningKey> {
  const kid = createHash('sha1').update(String(jwk.n)).digest('base64url');
  return { jwk, kid, privateKey: await importRsa(jwk), publicKey: await importRsa(publicPart(jwk)) };
}

/** The key set document. Entra's has the certificate (`x5c`) besides; nobody who verifies needs it. */
export function keySet(key: SigningKey, issuer: string): object {
  return { keys: [{ ...publicPart(key.jwk), use: 'sig', kid: key.kid, x5t: key.kid, issuer }] };
}

function publicPart({ kty, n, e }: JWK): JWK {
  return { ...(kty === undefined ? {} : { kty }), ...(n === undefined ? {} : { n }), ...(e === undefined ? {} : { e }) };
}

async function importRsa(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'RS256');
  if (key instanceof Uint8Array) throw new TypeError('The signing key of the simulated tenant is not an RSA key.');
  return key;
}
