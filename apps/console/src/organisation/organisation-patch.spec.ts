import { expect, it } from 'vitest';
import type { Organisation } from '../api/types.js';
import { organisationPatch } from './organisation-patch.js';

const base: Organisation = {
  id: '1',
  name: 'Contoso',
  timeZone: 'UTC',
  supportContact: null,
  fourEyesOnRemovals: false,
  connectAsGlobalAdministrator: false,
  identityProvider: true,
};

it('sends what was changed, and nothing else', () => {
  expect(organisationPatch(base, base)).toEqual({});
  expect(organisationPatch(base, { ...base, timeZone: 'Europe/London', fourEyesOnRemovals: true })).toEqual({
    timeZone: 'Europe/London',
    fourEyesOnRemovals: true,
  });
});
