import { describe, expect, it } from 'vitest';
import { noticeKinds } from '../kinds.js';
import { resolveRule, type RuleSources } from './resolve-rule.js';

const nothing: RuleSources = { onRefresh: null, ofConnection: {}, ofOrganisation: {} };
const mail = { recipients: [], channels: ['mail' as const] };
const teams = { recipients: [], channels: ['teams' as const] };

describe('the rule that holds', () => {
  it('is silence for success and the bell for every problem, where nobody chose anything', () => {
    for (const kind of noticeKinds) {
      expect(resolveRule(kind, nothing)).toEqual({ recipients: [], channels: kind === 'runFinished' ? [] : ['inProduct'] });
    }
  });

  it("is the organisation's, and before it the connection's", () => {
    expect(resolveRule('runFailed', { ...nothing, ofOrganisation: { runFailed: mail } })).toEqual(mail);
    expect(
      resolveRule('runFailed', { ...nothing, ofOrganisation: { runFailed: mail }, ofConnection: { runFailed: teams } }),
    ).toEqual(teams);
  });

  it('is "Send notification on refresh" for the end of runs, under the bell unless it names channels', () => {
    const sources = { ...nothing, ofConnection: { runFinished: teams } };
    expect(resolveRule('runFinished', { ...sources, onRefresh: { recipients: ['ada'], channels: [] } })).toEqual({
      recipients: ['ada'],
      channels: ['inProduct'],
    });
    expect(resolveRule('runFinished', { ...sources, onRefresh: mail })).toEqual(mail);
    expect(resolveRule('runFailed', { ...sources, onRefresh: mail }).channels).toEqual(['inProduct']);
  });
});
