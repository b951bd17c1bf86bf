import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { ForeignLinkError } from '../errors/graph-errors.js';
import { readClaimsChallenge } from '../tokens/claims-challenge.js';
import type { TokenProvider } from '../tokens/token-provider.js';
import { callOf } from './graph-call.js';

/**
 * Head of the chain. Gives the token to Graph's own origin and to nobody else, and answers a 401 once with a new token, taken with
 * the claims that Graph demanded (Graph sheet 6.2).
 */
export class BearerHandler implements Middleware {
  private next: Middleware | undefined;

  constructor(
    private readonly tokens: TokenProvider,
    private readonly graphOrigin: string,
  ) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    try {
      if (call.url.origin !== this.graphOrigin) {
        throw new ForeignLinkError(`${call.url.origin} is not ${this.graphOrigin}.`, { operation: call.operation.name });
      }
      context.request = call.url.href;
      const token = await this.tokens.accessToken();
      await this.sendWith(token, context);
      if (context.response?.status === 401) await this.sendWithAnother(token, context, context.response);
    } catch (error) {
      call.failure = error;
      throw error;
    }
  }

  private async sendWithAnother(refused: string, context: Context, refusal: Response): Promise<void> {
    const claims = readClaimsChallenge(refusal.headers.get('www-authenticate'));
    const replacement = await this.tokens.replace(refused, claims);
    if (replacement === null) return;
    await refusal.body?.cancel();
    await this.sendWith(replacement, context);
    if (context.response?.status === 401) this.tokens.renewalWasInVain();
  }

  private async sendWith(token: string, context: Context): Promise<void> {
    const headers = { ...(context.options?.headers as Record<string, string> | undefined), Authorization: `Bearer ${token}` };
    context.options = { ...context.options, headers };
    await this.next?.execute(context);
  }
}
