import { lookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Answer } from './notice-channel.js';
import { faultOfTarget, isAllowedAddress, type TargetPolicy } from './target-policy.js';

const DEADLINE_MS = 10_000;
const MAX_ANSWER_BYTES = 4_096;

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Posts JSON to an address that a customer entered. The address that a name resolves to is checked at the moment of connecting, so a
 * name that changes its mind cannot lead into the private network; redirects are not followed; the answer is cut at 4 KiB. Never
 * throws: whatever happens is an answer, and none of them repeats the address, which may be a secret.
 */
export async function guardedPost(post: Post, policy: TargetPolicy, deadlineMs = DEADLINE_MS): Promise<Answer> {
  const url = new URL(post.url);
  const fault = faultOfTarget(url, policy);
  if (fault !== null) return { outcome: 'refused', code: 'TARGET_REFUSED', text: `the address ${fault}` };
  try {
    const { status, text, retryAfter } = await exchange(url, post, policy, deadlineMs);
    return judge(status, text, retryAfter);
  } catch (error) {
    return answerOfFailure(error, deadlineMs);
  }
}

interface Exchanged {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
}

function exchange(url: URL, { body, headers }: Post, policy: TargetPolicy, deadlineMs: number): Promise<Exchanged> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Rollcall',
          ...headers,
          'content-length': Buffer.byteLength(body),
        },
        lookup: guardedLookup(policy),
        signal: AbortSignal.timeout(deadlineMs),
        agent: false,
      },
      (response) => {
        readStart(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] }),
          reject,
        );
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MAX_ANSWER_BYTES) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8').trim();
}

/** Resolves all addresses and refuses the name if any of them is not allowed. */
function guardedLookup(policy: TargetPolicy): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses;
      if (error !== null || first === undefined) return callback(error ?? new TargetRefused(), '');
      if (!addresses.every(({ address }) => isAllowedAddress(address, policy))) return callback(new TargetRefused(), '');
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

class TargetRefused extends Error {
  readonly code = 'TARGET_REFUSED';
}

/** 408, 425, 429 and what a server does wrong may pass; any other refusal, and a redirect, is final until somebody mends it. */
function judge(status: number, text: string, retryAfter: string | undefined): Answer {
  const code = String(status);
  if (status >= 200 && status < 300) return { outcome: 'delivered', code, text };
  if (status >= 300 && status < 400)
    return { outcome: 'refused', code, text: 'redirects are not followed; enter the final address' };
  if (status < 500 && ![408, 425, 429].includes(status)) return { outcome: 'refused', code, text };
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return { outcome: 'failed', code, text, ...(seconds === undefined ? {} : { afterMs: seconds * 1_000 }) };
}

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name does not resolve at the moment',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPROTO: 'TLS could not be agreed on',
};

function answerOfFailure(error: unknown, deadlineMs: number): Answer {
  const { code = 'UNKNOWN', name } = error as NodeJS.ErrnoException;
  if (code === 'TARGET_REFUSED') {
    return { outcome: 'refused', code, text: 'the name leads into a private network' };
  }
  if (name === 'AbortError' || name === 'TimeoutError') {
    return { outcome: 'failed', code: 'TIMEOUT', text: `no answer within ${deadlineMs / 1_000} s` };
  }
  const isCertificate = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code);
  return {
    outcome: 'failed',
    code,
    text: isCertificate ? 'the certificate is not trusted' : (CODES[code] ?? 'the connection failed'),
  };
}
