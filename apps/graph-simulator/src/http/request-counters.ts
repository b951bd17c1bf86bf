/** Requests by route and status since the last reset: `GET /groups/:id/members` -> { 200: 7 }. */
export class RequestCounters {
  readonly #counts = new Map<string, Map<number, number>>();

  count(route: string, status: number): void {
    const byStatus = this.#counts.get(route) ?? new Map<number, number>();
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    this.#counts.set(route, byStatus);
  }

  read(): Record<string, Record<number, number>> {
    return Object.fromEntries([...this.#counts].map(([route, byStatus]) => [route, Object.fromEntries(byStatus)]));
  }

  reset(): void {
    this.#counts.clear();
  }
}
