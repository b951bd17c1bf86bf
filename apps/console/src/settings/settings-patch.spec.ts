import { describe, expect, it } from 'vitest';
import type { ConnectionSettings } from '../api/types.js';
import { settingsPatch } from './settings-patch.js';

const settings = {
  scope: { mode: 'groups', groups: [], filter: null, emailInclude: ['@contoso.com'], emailExclude: [] },
  guard: { maxRemovals: 500, maxRemovalPercent: 20, windowMinutes: 60 },
  identity: { email: ['mail', 'userPrincipalName'] },
  trigger: { live: true, fullSync: { at: '02:00', zone: 'UTC' } },
} as unknown as ConnectionSettings;

describe('settingsPatch', () => {
  it('is empty where nothing changed', () => {
    expect(settingsPatch(settings, structuredClone(settings))).toEqual({});
  });

  it('names only what changed, and lists as a whole', () => {
    const after = structuredClone(settings);
    after.guard.maxRemovals = 50;
    after.identity.email = ['userPrincipalName'];
    expect(settingsPatch(settings, after)).toEqual({ guard: { maxRemovals: 50 }, identity: { email: ['userPrincipalName'] } });
  });

  it('drops lines that are empty', () => {
    const after = structuredClone(settings);
    after.scope.emailInclude = ['@contoso.com', ' '];
    expect(settingsPatch(settings, after)).toEqual({});
  });

  it('takes the old kind of schedule out when another one comes', () => {
    const after = structuredClone(settings);
    after.trigger.fullSync = { everyHours: 6 };
    expect(settingsPatch(settings, after)).toEqual({ trigger: { fullSync: { at: null, zone: null, everyHours: 6 } } });
    after.trigger.fullSync = null;
    expect(settingsPatch(settings, after)).toEqual({ trigger: { fullSync: null } });
  });
});
