import { isObject } from './is-object.js';

type Words = ReadonlyMap<unknown, unknown>;

const SWITCH: Words = new Map([
  ['on', true],
  ['off', false],
]);

/** Values by the words in which people speak of them, where what is stored is a yes or no, or nothing. */
const WORDS: ReadonlyMap<string, Words> = new Map([
  ['include.guests', SWITCH],
  ['include.nested', new Map([...SWITCH, ['direct', false], ['transitive', true]])],
  ['include.devices', SWITCH],
  ['trigger.live', SWITCH],
  ['notify.onRefresh', new Map([['none', null]])],
]);

/** Replaces the words by what they stand for; everything else is left to the schema. */
export function readWords(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return mapFields(input, (section, fields) =>
    isObject(fields) ? mapFields(fields, (name, value) => meaning(`${section}.${name}`, value)) : fields,
  );
}

function meaning(setting: string, value: unknown): unknown {
  const words = WORDS.get(setting);
  return words?.has(value) === true ? words.get(value) : value;
}

function mapFields(
  from: Readonly<Record<string, unknown>>,
  map: (name: string, value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, map(name, value)]));
}
