import { StandardSchemaValidationPipe } from '@nestjs/common';
import { rollcallIdSchema, entraIdSchema } from '#contracts';
import { ProblemError, type FieldError } from './problem.js';

/** The shape that zod's issues share, as far as an answer names them. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
}

/** Strict: an unknown field is a fault that is named like any other. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => invalid(issues.flatMap((issue) => toFieldErrors(issue))),
});

export function invalid(errors: readonly FieldError[]): ProblemError {
  return new ProblemError('VALIDATION_FAILED', errors.map(({ field, message }) => `${field}: ${message}`).join('; '), { errors });
}

export function toFieldErrors(issue: Issue): FieldError[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (issue.keys !== undefined)
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'is not a known field' }));
  return [{ field: path.join('.') || 'body', message: issue.message }];
}

/** A path's id that is none of ours names nothing, so it is not found. */
export class RollcallIdPipe {
  transform(text: string): string {
    const { success, data } = rollcallIdSchema.safeParse(text);
    if (!success) throw new ProblemError('NOT_FOUND', `There is nothing with the id ${text.slice(0, 100)}.`);
    return data;
  }
}

/** A group in a path is named by its Entra object id only. */
export class GroupIdPipe {
  transform(text: string): string {
    const { success, data } = entraIdSchema.safeParse(text);
    if (!success) throw new ProblemError('GROUP_ID_IS_A_NAME', `"${text.slice(0, 100)}" is not an object id.`);
    return data;
  }
}
