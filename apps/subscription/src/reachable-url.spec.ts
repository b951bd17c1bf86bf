import { describe, expect, it } from 'vitest';
import { reachableUrl } from './reachable-url.js';

describe('reachableUrl', () => {
  it('gives a public address to every Graph', () => {
    expect(reachableUrl('https://hook.example', 'https://graph.microsoft.com')).toBe('https://hook.example');
  });

  it('gives a loopback address to a Graph on this machine only', () => {
    expect(reachableUrl('http://127.0.0.1:3000', 'https://localhost:8443')).toBe('http://127.0.0.1:3000');
    expect(reachableUrl('http://127.0.0.1:3000', 'https://graph.microsoft.com')).toBeNull();
  });

  it('knows no address without PUBLIC_URL', () => {
    expect(reachableUrl(null, 'https://localhost:8443')).toBeNull();
  });
});
