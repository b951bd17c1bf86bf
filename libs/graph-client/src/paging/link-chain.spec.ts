import { describe, expect, test } from 'vitest';
import { LinkChain } from './link-chain.js';

const ORIGIN = 'https://graph.microsoft.com';
const invalid = expect.objectContaining({ code: 'GRAPH_ANSWER_INVALID' }) as Error;

describe('LinkChain', () => {
  test.each([
    'https://graph.microsoft.com.evil.example/v1.0/x',
    'https://evil.example/https://graph.microsoft.com/',
    'http://graph.microsoft.com/v1.0/x',
    'https://graph.microsoft.com:8443/v1.0/x',
    'https://user@graph.microsoft.com/v1.0/x',
    'https://graph.microsoft.com@evil.example/v1.0/x',
    '//evil.example/x',
    'nonsense',
  ])('%s is a foreign link', (link) => {
    expect(() => new LinkChain(ORIGIN, 'it').follow(link)).toThrow(expect.objectContaining({ code: 'FOREIGN_LINK' }));
  });

  test('a link that was there before is a loop', () => {
    const chain = new LinkChain(ORIGIN, 'it');
    chain.follow(`${ORIGIN}/1`);
    chain.follow(`${ORIGIN}/2`);
    expect(() => chain.follow(`${ORIGIN}/1`)).toThrow(invalid);
  });

  test('empty pages may come, but not without end', () => {
    const chain = new LinkChain(ORIGIN, 'it');
    for (let page = 0; page < 500; page += 1) chain.arrived(0);
    chain.arrived(1);
    for (let page = 0; page < 500; page += 1) chain.arrived(0);
    expect(() => chain.arrived(0)).toThrow(invalid);
  });
});
