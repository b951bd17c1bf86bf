const numbers = new Intl.NumberFormat();

export const formatNumber = (count: number): string => numbers.format(count);

/** "1 person", "25 people". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

export const people = (count: number): string => counted(count, 'person', 'people');

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
