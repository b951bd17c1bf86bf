import { Inject, Injectable } from '@nestjs/common';
import { latencyPercentiles, type LatencyPercentiles } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';

const HOUR_MS = 60 * 60 * 1000;

/** How far each window reaches back, and how long an answer about it stays good: a week hardly changes within minutes. */
const WINDOWS = {
  '1h': { reachMs: HOUR_MS, goodForMs: 15_000 },
  '24h': { reachMs: 24 * HOUR_MS, goodForMs: 60_000 },
  '7d': { reachMs: 7 * 24 * HOUR_MS, goodForMs: 300_000 },
} as const;
type Window = keyof typeof WINDOWS;

/** Fewer changes cost nothing to look at, and so they are shown at once. */
const WORTH_KEEPING = 2_000;

interface Kept {
  readonly latency: LatencyPercentiles;
  readonly until: number;
}

/** How long changes took, by window. Open pages ask every few seconds: what is dear to compute is kept for a while. */
@Injectable()
export class LatencyWindows {
  private readonly kept = new Map<string, Kept>();

  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async of(organisationId: string, connectionId: string): Promise<Record<Window, LatencyPercentiles>> {
    this.forgetOld();
    const look = (window: Window) => this.look(window, organisationId, connectionId);
    const [hour, day, week] = await Promise.all([look('1h'), look('24h'), look('7d')]);
    return { '1h': hour, '24h': day, '7d': week };
  }

  private async look(window: Window, organisationId: string, connectionId: string): Promise<LatencyPercentiles> {
    const { reachMs, goodForMs } = WINDOWS[window];
    const key = `${organisationId}/${connectionId}/${window}`;
    const kept = this.kept.get(key);
    if (kept !== undefined) return kept.latency;
    const now = this.services.clock().getTime();
    const latency = await latencyPercentiles(this.services.db, organisationId, connectionId, new Date(now - reachMs));
    if (latency.changes >= WORTH_KEEPING) this.kept.set(key, { latency, until: now + goodForMs });
    return latency;
  }

  private forgetOld(): void {
    const now = this.services.clock().getTime();
    for (const [key, { until }] of this.kept) if (until <= now) this.kept.delete(key);
  }
}
