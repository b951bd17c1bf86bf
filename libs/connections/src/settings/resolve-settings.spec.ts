import { describe, expect, it } from 'vitest';
import { defaultConnectionSettings } from '#contracts';
import { SettingNotAvailableError, SettingsInvalidError } from '../errors.js';
import { mergeSettings, validateSettings } from './resolve-settings.js';

const faults = (patch: unknown) => {
  try {
    mergeSettings(defaultConnectionSettings, patch);
    return [];
  } catch (error) {
    if (error instanceof SettingsInvalidError) return error.issues.map(({ field }) => field);
    throw error;
  }
};

describe('mergeSettings', () => {
  it('changes what the patch names and leaves the rest (RFC 7396)', () => {
    const merged = mergeSettings(defaultConnectionSettings, { guard: { maxRemovals: 20 }, newAccount: { state: 'active' } });
    expect(merged.guard).toEqual({ ...defaultConnectionSettings.guard, maxRemovals: 20 });
    expect(merged.newAccount.state).toBe('active');
    expect(merged.scope).toEqual(defaultConnectionSettings.scope);
  });

  it('brings a setting back to its default by null', () => {
    const changed = mergeSettings(defaultConnectionSettings, { guard: { windowMinutes: 5 }, apply: 'reviewAll' });
    const back = mergeSettings(changed, { guard: { windowMinutes: null }, apply: null });
    expect(back).toEqual(defaultConnectionSettings);
  });

  it('keeps null where null is a value of the setting: no bound, no schedule', () => {
    const merged = mergeSettings(defaultConnectionSettings, { guard: { maxRemovals: null }, trigger: { fullSync: null } });
    expect(merged.guard.maxRemovals).toBeNull();
    expect(merged.trigger.fullSync).toBeNull();
    expect(mergeSettings(merged, { guard: { windowMinutes: 5 } }).guard.maxRemovals).toBeNull();
  });

  it('replaces a schedule of one shape by one of the other, and merges within a shape', () => {
    const hourly = mergeSettings(defaultConnectionSettings, { trigger: { fullSync: { everyHours: 6 } } });
    expect(hourly.trigger.fullSync).toEqual({ everyHours: 6 });
    expect(mergeSettings(hourly, { trigger: { fullSync: { at: '03:30' } } }).trigger.fullSync).toEqual({
      at: '03:30',
      zone: 'UTC',
    });
    expect(
      mergeSettings(defaultConnectionSettings, { trigger: { fullSync: { zone: 'Europe/London' } } }).trigger.fullSync,
    ).toEqual({
      at: '02:00',
      zone: 'Europe/London',
    });
  });

  it('takes on and off, and the other words for a yes or no, and stores what they stand for', () => {
    const worded = validateSettings({ include: { guests: 'on', nested: 'direct' }, trigger: { live: 'off' } });
    expect([worded.include.guests, worded.include.nested, worded.trigger.live]).toEqual([true, false, false]);
    const quiet = mergeSettings(validateSettings({ notify: { onRefresh: { channels: ['inProduct'] } } }), {
      notify: { onRefresh: 'none' },
    });
    expect(quiet.notify.onRefresh).toBeNull();
    expect(() => validateSettings({ include: { nested: 'transitive' } })).toThrow(SettingNotAvailableError);
    expect(faults({ include: { guests: 'maybe' }, notify: { onRefresh: 'off' }, constructor: { keys: 'on' } }).sort()).toEqual([
      'settings.constructor',
      'settings.include.guests',
      'settings.notify.onRefresh',
    ]);
  });

  it('replaces lists as a whole', () => {
    const merged = mergeSettings(defaultConnectionSettings, { identity: { email: ['userPrincipalName'] } });
    expect(merged.identity.email).toEqual(['userPrincipalName']);
  });

  it('names every unknown setting and every wrong value, all at once', () => {
    expect(faults({ guard: { maxRemoval: 20, maxRemovals: 5 }, colour: 'red' }).sort()).toEqual([
      'settings.colour',
      'settings.guard.maxRemoval',
      'settings.guard.maxRemovals',
    ]);
    expect(faults(JSON.parse('{"__proto__": {"apply": "reviewAll"}}'))).toEqual(['settings.__proto__']);
  });

  it('refuses a setting whose engine is not there yet instead of storing it', () => {
    expect(() => mergeSettings(defaultConnectionSettings, { include: { devices: true } })).toThrow(SettingNotAvailableError);
    expect(() => validateSettings({ include: { nested: true }, scope: { filter: "city eq 'Rome'" } })).toThrow(
      'not available yet: scope.filter, include.nested',
    );
  });
});
