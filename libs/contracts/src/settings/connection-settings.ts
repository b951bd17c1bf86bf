import { z } from 'zod';
import { entraIdSchema, EVERYBODY } from '../ids.js';

const isGroup = (entry: string): boolean => entry !== EVERYBODY;

/**
 * How people enter the scope. `groups`: Entra object ids, or exact names that are resolved and stored as ids; in mode `allUsers`
 * everybody of the tenant is in, and the groups only give their grants.
 */
export const scopeSchema = z.strictObject({
  mode: z.enum(['groups', 'allUsers']).default('groups'),
  groups: z
    .array(z.string().trim().min(1).refine(isGroup, 'is no group: choose mode allUsers for everybody'))
    .max(5000)
    .default([]),
  filter: z.string().nullable().default(null),
  emailInclude: z.array(z.string().trim().min(1)).max(100).default([]),
  emailExclude: z.array(z.string().trim().min(1)).max(100).default([]),
});

export const emailSourceSchema = z.enum(['mail', 'userPrincipalName', 'otherMails']);
export type EmailSource = z.infer<typeof emailSourceSchema>;

export const timeZoneSchema = z.string().refine((zone) => isTimeZone(zone), 'must be a time zone such as Europe/London');

export const fullSyncScheduleSchema = z.union(
  [
    z.strictObject({
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 02:00'),
      zone: timeZoneSchema.default('UTC'),
    }),
    z.strictObject({ everyHours: z.int('must be a whole number of hours').min(1).max(168) }),
  ],
  'must be {at, zone} or {everyHours}, with whole hours, or null',
);

/** Directory fields whose owner can be chosen. `manual`: sync fills the field once and never changes it again. */
export const ownedFields = ['displayName', 'givenName', 'surname', 'email', 'userPrincipalName'] as const;
export type OwnedField = (typeof ownedFields)[number];

const fieldOwnerSchema = z.strictObject({ owner: z.enum(['directory', 'manual']).default('directory') });

/** Settings per connection, nested by the dotted names of design section 6. Every default is the safe one. */
export const connectionSettingsSchema = z.strictObject({
  scope: scopeSchema.prefault({}),
  include: z
    .strictObject({
      guests: z.boolean().default(false),
      nested: z.boolean().default(false),
      devices: z.boolean().default(false),
    })
    .prefault({}),
  newAccount: z
    .strictObject({
      state: z.enum(['inactive', 'active']).default('inactive'),
      invite: z.enum(['never', 'onActivation', 'onCreation']).default('never'),
    })
    .prefault({}),
  leaver: z.strictObject({ action: z.enum(['deactivate', 'keep']).default('deactivate') }).prefault({}),
  identity: z
    .strictObject({ email: z.array(emailSourceSchema).min(1).max(3).default(['mail', 'userPrincipalName']) })
    .prefault({}),
  trigger: z
    .strictObject({
      live: z.boolean().default(true),
      fullSync: fullSyncScheduleSchema.nullable().default({ at: '02:00', zone: 'UTC' }),
    })
    .prefault({}),
  apply: z.enum(['automatic', 'reviewRemovals', 'reviewAll']).default('automatic'),
  guard: z
    .strictObject({
      maxRemovals: z.int().min(10, 'must be 10 or more').nullable().default(500),
      maxRemovalPercent: z.number().min(0).max(100).nullable().default(20),
      windowMinutes: z.int().min(1).max(43_200).default(60),
    })
    .prefault({}),
  fields: z.partialRecord(z.enum(ownedFields), fieldOwnerSchema).prefault({}),
  notify: z
    .strictObject({
      onRefresh: z
        .strictObject({
          recipients: z.array(z.string()).max(100).default([]),
          channels: z.array(z.enum(['inProduct', 'mail', 'teams', 'webhook'])).default([]),
        })
        .nullable()
        .default(null),
    })
    .prefault({}),
});

export type ConnectionSettings = z.infer<typeof connectionSettingsSchema>;
export type ConnectionSettingsInput = z.input<typeof connectionSettingsSchema>;

export const defaultConnectionSettings: ConnectionSettings = connectionSettingsSchema.parse({});

/** A watched group as stored: always an id. */
export const watchedGroupIdSchema = entraIdSchema;

/**
 * The dotted names of settings that are asked for but whose engine is not there yet: they are refused with
 * `SETTING_NOT_AVAILABLE`, never stored and ignored (design section 8).
 */
export function unavailableSettings(settings: ConnectionSettings): string[] {
  const unavailable: [string, boolean][] = [
    ['scope.filter', settings.scope.filter !== null],
    ['include.nested', settings.include.nested],
    ['include.devices', settings.include.devices],
    ['newAccount.invite', settings.newAccount.invite !== 'never'],
  ];
  return unavailable.filter(([, asked]) => asked).map(([name]) => name);
}

/** Settings are read with every page of changes, and asking for a zone builds a whole formatter. Holds only zones that exist. */
const knownZones = new Set<string>();

function isTimeZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}
