import { describe, expect, test } from 'vitest';
import { cloudEndpoints } from './cloud-endpoints.js';

describe('cloudEndpoints', () => {
  test.each([
    ['global', 'https://graph.microsoft.com', 'https://login.microsoftonline.com'],
    ['usGovL4', 'https://graph.microsoft.us', 'https://login.microsoftonline.us'],
    ['usGovL5', 'https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn', 'https://login.chinacloudapi.cn'],
  ] as const)('%s is at %s', (cloud, graphBaseUrl, authorityHost) => {
    expect(cloudEndpoints()(cloud)).toEqual({ graphBaseUrl, authorityHost, scope: `${graphBaseUrl}/.default` });
  });

  test('overrides replace the addresses of every cloud and leave the scope', () => {
    const endpoints = cloudEndpoints({ graphBaseUrl: 'https://localhost:8443/', authorityHost: 'https://localhost:9443' });
    expect(endpoints('china')).toEqual({
      graphBaseUrl: 'https://localhost:8443',
      authorityHost: 'https://localhost:9443',
      scope: 'https://microsoftgraph.chinacloudapi.cn/.default',
    });
  });

  test('the simulated tenant is known only where there is one', () => {
    expect(() => cloudEndpoints()('simulated')).toThrow('knows no simulated tenant');
    const simulated = { graphBaseUrl: 'https://localhost:1', authorityHost: 'https://localhost:1', scope: 's', ca: 'pem' };
    expect(cloudEndpoints({ simulated })('simulated')).toBe(simulated);
    expect(cloudEndpoints({ simulated })('global').graphBaseUrl).toBe('https://graph.microsoft.com');
  });

  test.each(['http://localhost:1', 'https://localhost/graph', 'https://a:b@localhost', 'nonsense'])(
    '%s is refused',
    (address) => {
      expect(() => cloudEndpoints({ graphBaseUrl: address })).toThrow();
    },
  );
});
