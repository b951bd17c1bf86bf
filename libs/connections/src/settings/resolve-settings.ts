import { connectionSettingsSchema, unavailableSettings, type ConnectionSettings } from '#contracts';
import { SettingNotAvailableError, SettingsInvalidError } from '../errors.js';
import { isObject } from './is-object.js';
import { mergePatch } from './merge-patch.js';
import { readWords } from './worded-settings.js';

/**
 * The settings that a PATCH leads to: RFC 7396 over what is stored, then validated strictly as a whole. In RFC 7396 null removes a
 * member, which here means "back to the default", except where null is itself a value of the setting (no bound, no schedule).
 * A schedule that names no zone is in `zone`, the organisation's. Throws `SettingsInvalidError` naming each field, or
 * `SettingNotAvailableError`.
 */
export function mergeSettings(current: ConnectionSettings, patch: unknown, zone = 'UTC'): ConnectionSettings {
  return validateSettings(restoreNulls(mergePatch(withoutReplaced(current, patch), patch), patch), zone);
}

/** Strict, with every fault reported together; fields are named from `settings.` on. */
export function validateSettings(input: unknown, zone = 'UTC'): ConnectionSettings {
  const parsed = connectionSettingsSchema.safeParse(isObject(input) ? inZone(readWords(input), zone) : input);
  if (!parsed.success) {
    throw new SettingsInvalidError(
      parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ field: dotted([...issue.path, key]), message: 'is not a known setting' }))
          : [{ field: dotted(issue.path), message: issue.message }],
      ),
    );
  }
  const unavailable = unavailableSettings(parsed.data);
  if (unavailable.length > 0) throw new SettingNotAvailableError(unavailable);
  return parsed.data;
}

/** Settings of which null is a value: RFC 7396 cannot say it by removing, since the default is not null. */
const NULLABLE = [
  'scope.filter',
  'trigger.fullSync',
  'guard.maxRemovals',
  'guard.maxRemovalPercent',
  'notify.onRefresh',
] as const;

function restoreNulls(merged: unknown, patch: unknown): unknown {
  return NULLABLE.reduce((settings: unknown, name) => {
    const [section, field] = name.split('.') as [string, string];
    return valueAt(patch, section, field) === null ? mergeValue(settings, section, field, null) : settings;
  }, merged);
}

/** A schedule is one value of two shapes, not an object to merge: `{everyHours}` over `{at, zone}` would be neither. */
function withoutReplaced(current: ConnectionSettings, patch: unknown): unknown {
  const schedule = valueAt(patch, 'trigger', 'fullSync');
  if (typeof schedule !== 'object' || schedule === null) return current;
  const changesShape = 'everyHours' in schedule || current.trigger.fullSync === null || 'everyHours' in current.trigger.fullSync;
  return changesShape ? { ...current, trigger: { ...current.trigger, fullSync: undefined } } : current;
}

function inZone(input: Record<string, unknown>, zone: string): unknown {
  const trigger = input['trigger'] ?? {};
  const schedule = isObject(trigger) ? (trigger['fullSync'] === undefined ? NIGHTLY : trigger['fullSync']) : null;
  if (!isObject(trigger) || !isObject(schedule) || !('at' in schedule) || schedule['zone'] !== undefined) return input;
  return { ...input, trigger: { ...trigger, fullSync: { ...schedule, zone } } };
}

const NIGHTLY = { at: '02:00' };

function valueAt(value: unknown, section: string, field: string): unknown {
  const inner = (value as Record<string, unknown> | null | undefined)?.[section];
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[field] : undefined;
}

function mergeValue(settings: unknown, section: string, field: string, value: unknown): unknown {
  const outer = settings as Record<string, Record<string, unknown>>;
  return { ...outer, [section]: { ...outer[section], [field]: value } };
}

function dotted(path: readonly PropertyKey[]): string {
  return ['settings', ...path.map(String)].join('.');
}
