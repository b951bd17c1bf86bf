import { describe, expect, it } from 'vitest';
import { actionsOf } from './connection-actions.js';

const contoso = { id: 'c', name: 'Contoso', state: 'enabled' } as const;
const nothing = { configure: false, run: false, approve: false };
const everything = { configure: true, run: true, approve: true };
const labels = (may: Partial<typeof nothing>, state: (typeof contoso)['state'] | 'created' = 'enabled') =>
  actionsOf({ ...contoso, state }, { ...nothing, ...may }).map(({ label }) => label);

describe('the actions of a connection in the palette', () => {
  it('are those that the reader may take', () => {
    expect(labels({})).toEqual(['Compare Contoso with Entra']);
    expect(labels({ run: true })).toEqual(['Trigger Full Sync of Contoso', 'Compare Contoso with Entra']);
    expect(labels({ approve: true })).toContain('Undo a span of time of Contoso');
    expect(labels({ configure: true })).toContain('Rotate secret of Contoso');
  });

  it('hold no sync of a connection that was never enabled', () => {
    expect(labels(everything, 'created').filter((label) => /Sync of|Undo/.test(label))).toEqual([]);
  });

  it('are none of a connection that was disconnected', () => {
    expect(actionsOf({ ...contoso, state: 'disconnected' }, everything)).toEqual([]);
  });
});
