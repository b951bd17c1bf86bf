import { describe, expect, test } from 'vitest';
import { isCodedError, isProblemCode } from '#contracts';
import { type GraphError, type GraphFailureFacts } from './graph-error.js';
import * as errors from './graph-errors.js';

type AnyErrorClass = new (message: string, facts: GraphFailureFacts, detail: never) => GraphError;
const all = Object.entries(errors).map(([name, errorClass]): [string, GraphError] => [
  name,
  new (errorClass as AnyErrorClass)('message', { operation: 'it' }, 1_000 as never),
]);

describe('the errors of this library', () => {
  test.each(all)('%s carries a problem code, an advice and its name', (name, error) => {
    expect(isCodedError(error)).toBe(true);
    expect(isProblemCode(error.code)).toBe(true);
    expect(error.name).toBe(name);
  });

  test('no two classes share a code', () => {
    expect(new Set(all.map(([, error]) => error.code)).size).toBe(all.length);
  });
});
