import { z } from 'zod';
import type { TopicName } from './topics.js';

/**
 * Structured CloudEvents 1.0. Loose: unknown fields are kept and ignored, so that producers may add some.
 * `time` is when the fact was written to the outbox. `partitionkey` repeats the Kafka key.
 */
export const envelopeSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json').optional(),
  partitionkey: z.string().optional(),
  traceparent: z.string().optional(),
  correlationid: z.string().optional(),
  data: z.unknown(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** One event type: its name, the topic that carries it, and the shape of its data. */
export interface EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly topic: TopicName;
  readonly data: Data;
}

export type DataOf<Definition extends EventDefinition> = z.infer<Definition['data']>;

export type CloudEvent<Definition extends EventDefinition = EventDefinition> = Envelope & {
  readonly type: Definition['type'];
  readonly data: DataOf<Definition>;
};

export function defineEvent<Type extends string, Data extends z.ZodType>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
  return Object.freeze(definition);
}

export interface EventIdentity {
  /** Stable over redeliveries and rebuilds of the same fact. */
  readonly id: string;
  /** Which part of Rollcall states the fact, such as `/rollcall/provisioning`. */
  readonly source: string;
  readonly key: string;
  readonly time: Date;
  readonly subject?: string;
  readonly correlationId?: string;
}

/** Builds the envelope of a fact. Throws a ZodError where the data breaks its own contract: that is a bug of the producer. */
export function buildEvent<Definition extends EventDefinition>(
  definition: Definition,
  identity: EventIdentity,
  data: z.input<Definition['data']>,
): CloudEvent<Definition> {
  return {
    specversion: '1.0',
    id: identity.id,
    source: identity.source,
    type: definition.type,
    ...(identity.subject === undefined ? {} : { subject: identity.subject }),
    time: identity.time.toISOString(),
    datacontenttype: 'application/json',
    partitionkey: identity.key,
    ...(identity.correlationId === undefined ? {} : { correlationid: identity.correlationId }),
    data: definition.data.parse(data),
  } as CloudEvent<Definition>;
}
