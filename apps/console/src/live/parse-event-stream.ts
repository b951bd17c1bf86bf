/** One message of a stream of server-sent events. */
export interface StreamMessage {
  readonly id: string | null;
  readonly type: string;
  readonly data: string;
}

/** Cuts the text of an event stream into messages as it arrives; comments (heartbeats) are dropped. */
export class EventStreamParser {
  private rest = '';

  /** Takes the next piece of text, whatever it was cut at; answers the messages that it completes. */
  take(piece: string): StreamMessage[] {
    const blocks = (this.rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(parseBlock).filter((message) => message !== null);
  }
}

function parseBlock(block: string): StreamMessage | null {
  let id: string | null = null;
  let type = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) continue;
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'id') id = value;
    else if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { id, type, data: data.join('\n') };
}
