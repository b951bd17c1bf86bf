import { describe, expect, it } from 'vitest';
import { actorName } from './actor-name.js';

const me = { id: '7', displayName: 'Ada' };

describe('actorName', () => {
  it('knows the reader, and tells people, tokens and Rollcall itself apart', () => {
    expect(actorName('person:7', me)).toBe('Ada (you)');
    expect(actorName('person:8', me)).toBe('admin 8');
    expect(actorName('token:7', me)).toBe('API token');
    expect(actorName('system:full-sync', me)).toBe('Rollcall (full-sync)');
    expect(actorName('ADMIN_TOKEN', me)).toBe('API token');
    expect(actorName('7', me)).toBe('Ada (you)');
  });
});
