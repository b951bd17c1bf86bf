import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './parse-event-stream.js';

describe('EventStreamParser', () => {
  it('reads id, type and data of each message', () => {
    const messages = new EventStreamParser().take('id: 7\nevent: rollcall.account.created\ndata: {"a":1}\n\n');
    expect(messages).toEqual([{ id: '7', type: 'rollcall.account.created', data: '{"a":1}' }]);
  });

  it('waits for the rest of a message that arrives in pieces', () => {
    const parser = new EventStreamParser();
    expect(parser.take('id: 1\nda')).toEqual([]);
    expect(parser.take('ta: x\n')).toEqual([]);
    expect(parser.take('\nid: 2\n')).toEqual([{ id: '1', type: 'message', data: 'x' }]);
  });

  it('drops heartbeats, which carry nothing', () => {
    expect(new EventStreamParser().take(': still here\n\n: connected\n\n')).toEqual([]);
  });

  it('joins the lines of data', () => {
    expect(new EventStreamParser().take('data: a\r\ndata: b\r\n\r\n')).toEqual([{ id: null, type: 'message', data: 'a\nb' }]);
  });
});
