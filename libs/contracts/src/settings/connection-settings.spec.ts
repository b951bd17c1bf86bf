import { describe, expect, it } from 'vitest';
import { connectionSettingsSchema, defaultConnectionSettings, unavailableSettings } from './connection-settings.js';

describe('connection settings', () => {
  it('are the safe ones where nothing is said', () => {
    expect(defaultConnectionSettings).toMatchObject({
      newAccount: { state: 'inactive', invite: 'never' },
      leaver: { action: 'deactivate' },
      include: { guests: false, nested: false, devices: false },
      guard: { maxRemovals: 500, maxRemovalPercent: 20, windowMinutes: 60 },
      identity: { email: ['mail', 'userPrincipalName'] },
      apply: 'automatic',
    });
    expect(unavailableSettings(defaultConnectionSettings)).toEqual([]);
  });

  it('refuse a guard below ten removals (invariant 5)', () => {
    expect(connectionSettingsSchema.safeParse({ guard: { maxRemovals: 9 } }).success).toBe(false);
    expect(connectionSettingsSchema.safeParse({ guard: { maxRemovals: null } }).success).toBe(true);
  });

  it('refuse an unknown field by name', () => {
    const result = connectionSettingsSchema.safeParse({ guard: { maxRemoval: 10 } });
    expect(JSON.stringify(result.error?.issues)).toContain('maxRemoval');
  });

  it('refuse a time zone that does not exist', () => {
    expect(connectionSettingsSchema.safeParse({ trigger: { fullSync: { at: '02:00', zone: 'Mars/Olympus' } } }).success).toBe(
      false,
    );
  });

  it('say which shapes a schedule has', () => {
    for (const fullSync of [{ everyHours: 1.5 }, { at: '02:00', everyHours: 6 }, 'nightly']) {
      const { error } = connectionSettingsSchema.safeParse({ trigger: { fullSync } });
      expect(error?.issues[0]?.message).toMatch(/whole (number of )?hours/);
    }
  });

  it('name what is asked for before its engine is there', () => {
    const asked = connectionSettingsSchema.parse({ include: { nested: true }, scope: { filter: 'x eq 1' } });
    expect(unavailableSettings(asked)).toEqual(['scope.filter', 'include.nested']);
  });
});
