import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.js';

describe('describeError', () => {
  it('tells statement, code and constraint of a failed query, and nothing of the rows (invariant 10)', () => {
    // As TypeORM throws it: the driver's fields beside its own.
    const facts = { code: '23505', constraint: 'accounts_email' };
    const rows = {
      parameters: ['ann@contoso.example'],
      detail: 'Key (email)=(ann@contoso.example) already exists.',
      where: 'COPY accounts, line 1: "ann@contoso.example"',
      driverError: new Error('Key (email)=(ann@contoso.example) already exists.'),
    };
    const query = 'INSERT INTO people.accounts (email) VALUES ($1)';
    const error = Object.assign(new Error('duplicate key value violates unique constraint'), { query, ...facts, ...rows });
    const told = describeError(error);
    expect(told).toMatchObject({ query, ...facts });
    expect(JSON.stringify(told)).not.toContain('ann@');
  });

  it('tells the causes of an error', () => {
    const error = new Error('the page could not be applied', { cause: new Error('connection reset') });
    expect(describeError(error).message).toBe('the page could not be applied: connection reset');
  });
});
