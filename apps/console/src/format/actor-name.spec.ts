import { describe, expect, it } from 'vitest';
import { actorAmong, actorName } from './actor-name.js';

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

  it('names others where the answer brought their names', () => {
    const named = [{ id: '8', displayName: 'Bob' }];
    expect([actorAmong('person:8', me, named), actorAmong('person:7', me, named)]).toEqual(['Bob', 'Ada (you)']);
    expect([actorAmong('person:9', me, named), actorAmong('person:8', me)]).toEqual(['admin 9', 'admin 8']);
    expect(actorAmong('token:8', me, named)).toBe('API token');
  });
});
