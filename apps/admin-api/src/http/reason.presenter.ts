import { isProblemCode, PROBLEMS } from '#contracts';

export interface PresentedReason {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** A stored code with its sentence and the next step. A code of a newer version keeps its own message. */
export function presentReason(code: string, message?: string | null): PresentedReason {
  const known = isProblemCode(code) ? PROBLEMS[code] : null;
  return { code, message: message ?? known?.title ?? code, remedy: known?.remedy ?? '' };
}
