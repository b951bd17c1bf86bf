import { isProblemCode, PROBLEMS } from '#contracts';

/** What a code means, what was said about it, and the next step. */
export function problemSentences(code: string | null, message?: string | null): string[] {
  const known = code !== null && isProblemCode(code) ? PROBLEMS[code] : undefined;
  const title = known === undefined ? [] : [`${known.title}.`];
  const said = message == null || message === '' || message === known?.title ? [] : [sentence(message)];
  const remedy = known === undefined ? [] : [`Next step: ${known.remedy}`];
  return [...title, ...said, ...remedy];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
