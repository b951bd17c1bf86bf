import { describe, expect, it } from 'vitest';
import { credentialStage } from './credential-stage.js';

const now = new Date('2026-03-01T00:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

describe('how near the end of a secret is', () => {
  it.each([
    [31, null],
    [30.5, null],
    [30, '30-days'],
    [15, '30-days'],
    [14, '14-days'],
    [8, '14-days'],
    [7, '7-days'],
    [2, '7-days'],
    [1, '1-days'],
    [0.1, '1-days'],
    [0, 'expired'],
    [-5, 'expired'],
  ])('%d days before: %s', (days, stage) => {
    expect(credentialStage(inDays(days), now)?.stage ?? null).toBe(stage);
  });
});
