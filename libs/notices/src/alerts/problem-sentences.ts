import { isProblemCode, PROBLEMS } from '#contracts';
import type { LabelledValue } from '../content.js';

/** The code itself, for whoever looks it up or asks for help. */
export function codeFacts(code: string | null): LabelledValue[] {
  return code === null ? [] : [{ label: 'Code', value: code }];
}

/** What a code means, what was said about it, and the next step. */
export function problemSentences(code: string | null, message?: string | null): string[] {
  const known = code !== null && isProblemCode(code) ? PROBLEMS[code] : undefined;
  const said = message == null || message === '' || message === known?.title ? [] : [sentence(message)];
  const isTitled = known !== undefined && said.some((text) => text.startsWith(known.title));
  const title = known === undefined || isTitled ? [] : [`${known.title}.`];
  const remedy = known === undefined ? [] : [`Next step: ${known.remedy}`];
  return [...title, ...said, ...remedy];
}

function sentence(text: string): string {
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
