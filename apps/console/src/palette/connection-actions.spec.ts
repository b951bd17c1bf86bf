import { describe, expect, it } from 'vitest';
import { actionsOf } from './connection-actions.js';

const contoso = { id: 'c', name: 'Contoso', state: 'enabled' } as const;
const labels = (may: { configure: boolean; run: boolean }) => actionsOf(contoso, may).map(({ label }) => label);

describe('the actions of a connection in the palette', () => {
  it('are those that the reader may take', () => {
    expect(labels({ configure: false, run: false })).toEqual(['Compare Contoso with Entra']);
    expect(labels({ configure: false, run: true })).toContain('Trigger Full Sync of Contoso');
    expect(labels({ configure: true, run: false })).toContain('Rotate secret of Contoso');
  });

  it('are none of a connection that was disconnected', () => {
    expect(actionsOf({ ...contoso, state: 'disconnected' }, { configure: true, run: true })).toEqual([]);
  });
});
