/** Ends a wait after `ms` with the error that `makeError` builds. The work itself goes on: it must be safe to abandon. */
export async function withDeadline<Result>(work: Promise<Result>, ms: number, makeError: () => Error): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(makeError()), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
