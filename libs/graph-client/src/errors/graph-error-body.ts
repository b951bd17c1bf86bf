import { z } from 'zod';

const envelopeSchema = z.looseObject({
  error: z.looseObject({
    code: z.string().nullish(),
    message: z.string().nullish(),
    innerError: z.looseObject({ 'request-id': z.string().nullish() }).nullish(),
    innererror: z.looseObject({ 'request-id': z.string().nullish() }).nullish(),
  }),
});

export interface GraphErrorBody {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
}

const LONGEST_MESSAGE = 400;

/** Reads Graph's error envelope (sheet 6.1). Proxies send HTML or nothing: then code and message are empty. */
export function readGraphErrorBody(body: unknown): GraphErrorBody {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return { code: '', message: '', requestId: undefined };
  const { code, message, innerError, innererror } = envelope.data.error;
  return {
    code: code ?? '',
    message: (message ?? '').slice(0, LONGEST_MESSAGE),
    requestId: (innerError ?? innererror)?.['request-id'] ?? undefined,
  };
}
