import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { answerValidationEarly } from './answer-early.js';

function ask(method: string, url: string): { handled: boolean; status?: number; body?: string } {
  const answer: { status?: number; body?: string } = {};
  const response = {
    writeHead: (status: number) => void (answer.status = status),
    end: (body: string) => void (answer.body = body),
  };
  const request = { method, url, resume: () => undefined };
  const handled = answerValidationEarly(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  return { handled, ...answer };
}

describe('the webhooks of a process whose engines were never there', () => {
  it.each(['notifications', 'lifecycle'])('validates %s with the decoded token', (kind) => {
    expect(ask('POST', `/webhooks/graph/${kind}?k=1.2&validationToken=Validation%3A+a%20%C3%A9`)).toEqual({
      handled: true,
      status: 200,
      body: 'Validation: a é',
    });
  });

  it.each([
    ['POST', '/webhooks/graph/notifications?k=1.2'],
    ['GET', '/webhooks/graph/notifications?validationToken=a'],
    ['POST', '/elsewhere?validationToken=a'],
    ['POST', '//?validationToken=a'],
  ])('leaves %s %s to the answer that nothing is ready', (method, url) => {
    expect(ask(method, url)).toEqual({ handled: false });
  });
});
