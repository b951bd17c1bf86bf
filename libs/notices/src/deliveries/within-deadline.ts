/** Whichever is there first: the promise's value, or `late` when the time is over. What comes after that is ignored. */
export async function withinDeadline<Value>(promise: Promise<Value>, deadlineMs: number, late: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(late), deadlineMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
