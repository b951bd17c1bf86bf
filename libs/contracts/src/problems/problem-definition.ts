/** What a code means for whoever reads it: a title for the page, the HTTP status where it is answered, and the next step. */
export interface ProblemDefinition {
  readonly title: string;
  readonly status: number;
  readonly remedy: string;
}

export const define = <Code extends string>(codes: Record<Code, ProblemDefinition>): Readonly<Record<Code, ProblemDefinition>> =>
  Object.freeze(codes);
