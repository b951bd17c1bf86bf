import { Agent, request } from 'undici';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../src/index.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The raw body; `json` reads it. */
  readonly text: string;
  // The shape differs for each call; tests look at single members with expect.
  readonly json: Record<string, unknown>;
}

export interface Item {
  readonly [name: string]: unknown;
}

/** A simulator with somebody who calls it as any HTTP client would: TLS with its CA, a token, JSON. */
export class GraphCaller {
  readonly #agent: Agent;
  #token: string | undefined;

  private constructor(readonly simulator: RunningSimulator) {
    this.#agent = new Agent({ connect: { ca: simulator.caPem } });
  }

  static async start(options: SimulatorOptions = {}): Promise<GraphCaller> {
    return new GraphCaller(await startSimulator(options));
  }

  async stop(): Promise<void> {
    await this.#agent.destroy();
    await this.simulator.stop();
  }

  /** A token by the seeded app's secret; `form` overrides fields of the request. */
  async requestToken(form: Readonly<Record<string, string>> = {}, tenant = this.simulator.tenantId): Promise<Answer> {
    const fields = {
      client_id: this.simulator.clientId,
      client_secret: this.simulator.clientSecret,
      scope: 'https://graph.microsoft.com/.default',
      grant_type: 'client_credentials',
      ...form,
    };
    return this.raw(`${this.simulator.authorityHost}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  dropToken(): void {
    this.#token = undefined;
  }

  /** `path` after `/v1.0`, or an absolute link out of an answer. */
  async call(
    method: string,
    path: string,
    options: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> {
    this.#token ??= String((await this.requestToken()).json['access_token']);
    const url = path.startsWith('https://') ? path : `${this.simulator.graphBaseUrl}/v1.0${path}`;
    const json: Record<string, string> = options.body === undefined ? {} : { 'content-type': 'application/json' };
    return this.raw(url, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...json, ...options.headers },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('GET', path, { headers });
  }

  async raw(
    url: string,
    options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
  ): Promise<Answer> {
    const response = await request(url, {
      dispatcher: this.#agent,
      method: (options.method ?? 'GET') as 'GET',
      headers: options.headers ?? {},
      body: options.body ?? null,
    });
    const text = await response.body.text();
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text) as Record<string, unknown>;
      },
    };
  }

  /** Follows nextLinks to the end. Returns all items, the pages, and the delta link where there is one. */
  async readAll(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ items: Item[]; pages: number; deltaLink: string }> {
    const items: Item[] = [];
    let pages = 0;
    let link = path;
    for (;;) {
      const answer = await this.get(link, headers);
      if (answer.status !== 200) throw new Error(`${link} answered ${answer.status}: ${answer.text}`);
      items.push(...itemsOf(answer));
      pages++;
      const next = answer.json['@odata.nextLink'];
      if (typeof next !== 'string') return { items, pages, deltaLink: String(answer.json['@odata.deltaLink']) };
      link = next;
    }
  }

  idOf(groupName: string): string {
    const group = this.simulator.groups.find((each) => each.displayName === groupName);
    if (!group) throw new Error(`no group '${groupName}' in the seed`);
    return group.id;
  }
}

export function itemsOf(answer: Answer): Item[] {
  return answer.json['value'] as Item[];
}

export function errorOf(answer: Answer): Item {
  return answer.json['error'] as Item;
}
