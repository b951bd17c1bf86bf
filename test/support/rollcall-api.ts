/** Rollcall's REST API as an outside program sees it. */
export class RollcallApi {
  constructor(
    readonly address: string,
    readonly token: string,
  ) {}

  get<Body = Record<string, unknown>>(path: string): Promise<Body> {
    return this.expectOk<Body>('GET', path);
  }

  post<Body = Record<string, unknown>>(path: string, body: unknown = {}): Promise<Body> {
    return this.expectOk<Body>('POST', path, body);
  }

  patch<Body = Record<string, unknown>>(path: string, body: unknown): Promise<Body> {
    return this.expectOk<Body>('PATCH', path, body);
  }

  /** The answer as it is, whatever its status. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown; headers: Headers }> {
    const response = await fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown), headers: response.headers };
  }

  private async expectOk<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.request(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Body;
  }
}

export interface Listing<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface AccountRow {
  id: string;
  connectionId: string;
  entraObjectId: string;
  displayName: string | null;
  email: string | null;
  userPrincipalName: string | null;
  status: 'inactive' | 'active' | 'deactivated';
  roles: string[];
  protected: boolean;
}

export interface ConnectionRow {
  id: string;
  name: string;
  tenantId: string;
  state: string;
}
