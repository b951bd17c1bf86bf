import { envelopeSchema, type Envelope, type EventDefinition } from '#contracts';
import { z } from 'zod';
import { InvalidEventError } from '../errors.js';

/** The CloudEvent in the bytes of a record. Throws `InvalidEventError`. */
export function readEnvelope(value: Buffer): Envelope {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value.toString('utf8'));
  } catch (error) {
    throw new InvalidEventError('the record is not JSON', { cause: error });
  }
  const envelope = envelopeSchema.safeParse(parsed);
  if (!envelope.success) throw new InvalidEventError(`the record is no CloudEvent: ${z.prettifyError(envelope.error)}`);
  return envelope.data;
}

/** The data as its contract gives it: loose, so unknown fields stay. Throws `InvalidEventError`. */
export function readData(definition: EventDefinition, envelope: Envelope): unknown {
  const data = definition.data.safeParse(envelope.data);
  if (data.success) return data.data;
  throw new InvalidEventError(`the data of ${envelope.type} ${envelope.id} break its contract: ${z.prettifyError(data.error)}`);
}
