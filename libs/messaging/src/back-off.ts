export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
  /** By which each wait grows; 2 unless named. */
  readonly factor?: number;
}

/** The wait after the n-th failure in a row, counted from 1. */
export function backOffMs({ firstMs, maxMs, factor = 2 }: BackOff, failures: number): number {
  return Math.min(maxMs, firstMs * factor ** (failures - 1));
}
