export interface Readiness {
  readonly ready: boolean;
  readonly reason?: string;
}

export type ReadinessCheck = () => Promise<Readiness> | Readiness;

const CHECK_DEADLINE_MS = 2_000;

/** What `GET /health/ready` says: ready as soon as every check is, else the reasons by name. */
export class Health {
  private readonly checks = new Map<string, ReadinessCheck>();

  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  async report(): Promise<{ ready: boolean; checks: Record<string, Readiness> }> {
    const entries = await Promise.all([...this.checks].map(async ([name, check]) => [name, await inTime(check)] as const));
    return { ready: entries.every(([, { ready }]) => ready), checks: Object.fromEntries(entries) };
  }
}

async function inTime(check: ReadinessCheck): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false, reason: `no answer within ${CHECK_DEADLINE_MS} ms` }), CHECK_DEADLINE_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch (error) {
    return { ready: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
