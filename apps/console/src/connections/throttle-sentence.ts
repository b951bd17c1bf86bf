import type { ConnectionHealth } from '../api/types.js';
import { formatTime } from '../format/instants.js';

/** How much of what Graph allows this application in the tenant is used; Graph says nothing below four fifths. Pure. */
export function throttleSentence({ load, waitsUntil }: ConnectionHealth['throttle']): string {
  if (waitsUntil !== null) return `used up: Graph asks to wait until ${formatTime(waitsUntil)}`;
  return load === null ? 'far from its limit' : `${Math.round(load * 100)} % of what Graph allows is used`;
}
