import { describe, expect, it } from 'vitest';
import { lossOf, messageWords } from './message-words.js';

describe('messageWords', () => {
  it('says what a message is about, as exactly as it is known', () => {
    const words = (eventType: string | null, topic: string) => messageWords({ eventType, topic });
    expect(words('rollcall.directory.users.changed', 'directory.changes.v1')).toBe('People changed in Entra');
    expect(words('rollcall.run.completed', 'sync.runs.v1')).toBe('News of a sync run');
    expect(words(null, 'provisioning.events.v1')).toBe('Something happened to a person');
    expect(words(null, 'of.a.newer.version')).toBe('of.a.newer.version');
  });
});

describe('lossOf', () => {
  it('promises a new read only of what came from Entra', () => {
    expect(lossOf({ topic: 'prefix.directory.changes.v1', group: 'provisioning' })).toContain('read anew from Microsoft Graph');
    expect(lossOf({ topic: 'sync.runs.v1', group: 'notification' })).toBe(
      'What notification would have made of it, such as a notice, does not come.',
    );
  });
});
