import { describe, expect, it } from 'vitest';
import { EVERYBODY } from '#contracts';
import { actorNames, namer, nameIn } from './names.js';

const finance = '5240d82d-9e3e-4d36-a24e-24c97bc00842';
const unknown = 'b235d7eb-2afd-46ee-bcbd-6f11723b6d1c';

describe('names in notices', () => {
  it('stand where the id of a group stood, in the title, in sentences and in facts', () => {
    const content = {
      title: `Sync of ${finance}`,
      sentences: [`The group ${finance.toUpperCase()} was not found.`, `The group ${unknown} was not found.`],
      facts: [
        { label: 'Groups', value: `${finance}, ${unknown}` },
        { label: 'Group', value: EVERYBODY },
      ],
      links: [{ label: 'Open', path: `/groups/${finance}` }],
    };
    const named = namer([
      { id: finance, displayName: 'Finance' },
      { id: unknown, displayName: null },
    ]);
    expect(nameIn(content, named)).toEqual({
      title: 'Sync of Finance',
      sentences: ['The group Finance was not found.', `The group ${unknown} was not found.`],
      facts: [
        { label: 'Groups', value: `Finance, ${unknown}` },
        { label: 'Group', value: 'Everybody in the tenant' },
      ],
      links: content.links,
    });
  });

  it('are those of people; a token is called one, and nobody else has any', () => {
    const nameOf = actorNames([{ id: 'a', displayName: 'Ada' }]);
    expect(['person:a', 'person:b', 'token:x', 'system:schedule'].map(nameOf)).toEqual(['Ada', null, 'the API token', null]);
  });
});
