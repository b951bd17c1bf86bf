import type { z } from 'zod';

/** Where a shape is wrong, without the values: they may be people's data. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.code}`)
    .join(', ');
}
