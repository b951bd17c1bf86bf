export function pageHtml(t: { tenantId: string; displayName: string }): string {
  return t.displayName;
}
