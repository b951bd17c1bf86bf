import type { RollcallApi } from './rollcall-api.js';

type Json = Record<string, unknown>;

/**
 * What a program and Rollcall said to each other, as a page may show it: ids, hashes and times stand as names in braces, equal ones
 * under equal names, so that the text is the same whenever it is made.
 */
export class Transcript {
  private readonly names = new Map<string, string>();
  private readonly steps: string[] = [];

  constructor(private readonly api: RollcallApi) {}

  /** From here on the text stands as `{name}`. */
  name(text: string, name: string): void {
    if (!this.names.has(text)) this.names.set(text, `{${name}}`);
  }

  say(sentence: string): void {
    this.steps.push(sentence);
  }

  /** Calls and notes the call; of the answer, what `shown` leaves of it. */
  async call<Answer extends Json>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: Json | undefined,
    shown: (answer: Answer) => unknown,
  ): Promise<Answer> {
    const answer = await this.api.request(method, path, body);
    const asked = body === undefined ? '' : ` ${compact(body)}`;
    const told = JSON.stringify(shown(answer.body as Answer), null, 2).replaceAll(
      /\{\s+([^{}[\]]{1,110}?)\s+\}/g,
      (whole, inner: string) => {
        const line = `{ ${inner.replaceAll(/\s*\n\s*/g, ' ')} }`;
        return line.length <= 120 ? line : whole;
      },
    );
    this.note(`${method} /api/v1${path}${asked}\n\n${answer.status}\n${told}`);
    return answer.body as Answer;
  }

  /** A call whose answer is no JSON. */
  note(text: string): void {
    this.steps.push(`\`\`\`text\n${text}\n\`\`\``);
  }

  toString(): string {
    let text = this.steps.join('\n\n');
    for (const [value, name] of this.names) text = text.replaceAll(value, name);
    return text;
  }
}

function compact(body: Json): string {
  return JSON.stringify(body).replaceAll('":', '": ').replaceAll(',"', ', "');
}
