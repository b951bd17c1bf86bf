import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.js';

describe('describeError', () => {
  it('tells statement, code and constraint of a failed query, and nothing of the rows (invariant 10)', () => {
    const driverError = Object.assign(new Error('duplicate key value violates unique constraint "accounts_email"'), {
      code: '23505',
      constraint: 'accounts_email',
      detail: 'Key (email)=(ann@contoso.example) already exists.',
      where: 'COPY accounts, line 1: "ann@contoso.example"',
    });
    const error = new QueryFailedError('INSERT INTO people.accounts (email) VALUES ($1)', ['ann@contoso.example'], driverError);
    const told = describeError(error);
    expect(told).toMatchObject({
      query: 'INSERT INTO people.accounts (email) VALUES ($1)',
      code: '23505',
      constraint: 'accounts_email',
    });
    expect(JSON.stringify(told)).not.toContain('ann@');
  });

  it('tells the causes of an error', () => {
    const error = new Error('the page could not be applied', { cause: new Error('connection reset') });
    expect(describeError(error).message).toBe('the page could not be applied: connection reset');
  });
});
