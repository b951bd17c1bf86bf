let tracing = false;

/** Whether spans go anywhere. While they do not, every door of this library returns at once. */
export function isTracing(): boolean {
  return tracing;
}

export function setTracing(on: boolean): void {
  tracing = on;
}
