import { describe, expect, it } from 'vitest';
import { hashClientState, judgeItem, parseItem, type KnownSubscription } from './judge-item.js';

const CONNECTION = '11111111-1111-1111-1111-111111111111';
const TENANT = '22222222-2222-2222-2222-222222222222';
const GROUP = '33333333-3333-3333-3333-333333333333';
const SUBSCRIPTION = '44444444-4444-4444-4444-444444444444';

const subscription = (overrides: Partial<KnownSubscription> = {}): KnownSubscription => ({
  graphId: SUBSCRIPTION,
  connectionId: CONNECTION,
  tenantId: TENANT,
  purpose: 'group',
  groupId: GROUP,
  clientStateHash: hashClientState('secret'),
  ...overrides,
});

const item = (overrides: object = {}) => {
  const parsed = parseItem({
    changeType: 'updated',
    subscriptionId: SUBSCRIPTION,
    clientState: 'secret',
    tenantId: TENANT,
    resource: `Groups/${GROUP}`,
    resourceData: { id: GROUP },
    ...overrides,
  });
  if (parsed === null) throw new Error('the item must be well formed');
  return parsed;
};
const all = () => true;

describe('judgeItem', () => {
  it('accepts an item whose subscription, client state and tenant are right', () => {
    expect(judgeItem(item(), CONNECTION, subscription(), all)).toEqual({
      outcome: 'accepted',
      connectionId: CONNECTION,
      mark: { groupId: GROUP },
    });
  });

  it('rejects what is foreign, each by its name', () => {
    expect(judgeItem(item(), CONNECTION, null, all).outcome).toBe('unknownSubscription');
    expect(judgeItem(item({ clientState: 'guess' }), CONNECTION, subscription(), all).outcome).toBe('wrongClientState');
    expect(judgeItem(item({ tenantId: GROUP }), CONNECTION, subscription(), all).outcome).toBe('foreignTenant');
    expect(judgeItem(item(), GROUP, subscription(), all).outcome).toBe('foreignConnection');
  });

  it('compares ids without case, as Graph writes them in either', () => {
    const shouted = item({ subscriptionId: SUBSCRIPTION.toUpperCase(), tenantId: TENANT.toUpperCase() });
    expect(judgeItem(shouted, CONNECTION, subscription(), all).outcome).toBe('accepted');
  });

  it('drops groups that nobody watches from a subscription on all groups', () => {
    const onAll = subscription({ purpose: 'groups', groupId: null });
    expect(judgeItem(item(), CONNECTION, onAll, () => false).outcome).toBe('unwatched');
    expect(judgeItem(item(), CONNECTION, onAll, (id) => id === GROUP)).toMatchObject({ mark: { groupId: GROUP } });
    expect(judgeItem(item({ resource: 'Groups', resourceData: null }), CONNECTION, onAll, all).outcome).toBe('unwatched');
  });

  it('finds the group in the resource of a membership notification', () => {
    const onAll = subscription({ purpose: 'groups', groupId: null });
    const ofMember = item({ resource: `groups/${GROUP}/members/${TENANT}`, resourceData: { id: TENANT } });
    expect(judgeItem(ofMember, CONNECTION, onAll, all)).toMatchObject({ mark: { groupId: GROUP } });
  });

  it('tells a lifecycle item from a change, also without resource', () => {
    const lifecycle = item({ lifecycleEvent: 'reauthorizationRequired', resource: undefined, resourceData: undefined });
    expect(judgeItem(lifecycle, CONNECTION, subscription(), all)).toMatchObject({
      outcome: 'lifecycle',
      event: 'reauthorizationRequired',
    });
  });

  it('raises the users chain for a subscription on users', () => {
    const onUsers = subscription({ purpose: 'users', groupId: null });
    expect(judgeItem(item({ resource: `Users/${GROUP}` }), CONNECTION, onUsers, all)).toMatchObject({ mark: 'users' });
  });
});

describe('parseItem', () => {
  it('takes no item without the fields that prove where it came from', () => {
    for (const raw of [
      null,
      'text',
      {},
      { subscriptionId: 'x', clientState: 's', tenantId: TENANT },
      { subscriptionId: SUBSCRIPTION },
    ]) {
      expect(parseItem(raw)).toBeNull();
    }
  });
});
