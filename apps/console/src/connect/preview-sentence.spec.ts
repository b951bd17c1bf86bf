import { describe, expect, it } from 'vitest';
import { previewSentence } from './preview-sentence.js';

const counts = { people: 27, create: 25, reactivate: 0, update: 0, grant: 0, deactivate: 0, unchanged: 0, skip: 2 };

describe('previewSentence', () => {
  it('counts who would come and who would not', () => {
    expect(previewSentence({ counts, complete: true, groups: [] })).toBe('27 people in the groups: 25 new, 2 skipped.');
  });

  it('says when a read was cut', () => {
    expect(previewSentence({ counts, complete: false, groups: [] })).toContain('there are more');
  });
});
