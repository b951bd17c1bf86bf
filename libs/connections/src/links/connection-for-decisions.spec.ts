import { describe, expect, it } from 'vitest';
import { connectionStates, defaultConnectionSettings } from '#contracts';
import { allowedEffects } from './connection-for-decisions.js';

describe('allowedEffects', () => {
  it('lets live changes act while live sync is on, and a run in every state but disconnected', () => {
    const effects = Object.fromEntries(
      connectionStates.map((state) => [state, allowedEffects(state, defaultConnectionSettings)]),
    );
    expect(effects).toEqual({
      created: { live: false, run: true },
      enabled: { live: true, run: true },
      paused: { live: false, run: true },
      quarantined: { live: true, run: true },
      disconnected: { live: false, run: false },
    });
  });

  it('applies nothing between runs when the live trigger is off', () => {
    const settings = { ...defaultConnectionSettings, trigger: { ...defaultConnectionSettings.trigger, live: false } };
    expect(allowedEffects('enabled', settings)).toEqual({ live: false, run: true });
  });
});
