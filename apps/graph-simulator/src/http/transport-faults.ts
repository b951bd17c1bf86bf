import type { FastifyReply } from 'fastify';
import type { FaultInjector, Occasion } from '../faults/fault-injector.js';
import type { WireReply } from './graph-server.js';

const HTML_BODY =
  '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h1>Our services aren’t available right now</h1></body></html>';

/** Makes the caller wait before anything is looked at. */
export async function delayBy(faults: FaultInjector, occasion: Occasion): Promise<void> {
  const slow = faults.hit('slow', occasion);
  if (slow) await new Promise((resolve) => setTimeout(resolve, slow.ms));
}

/**
 * Faults of the line and of machines before the service. They strike after the work is done: the caller cannot know whether
 * it was. True when the reply was taken over.
 */
export function breakTransport(faults: FaultInjector, occasion: Occasion, reply: FastifyReply, wire: WireReply): boolean {
  const { raw } = reply;
  if (faults.hit('reset', occasion)) {
    raw.destroy();
    return true;
  }
  const hang = faults.hit('hang', occasion);
  if (hang) {
    if (hang.ms !== null) setTimeout(() => raw.destroy(), hang.ms).unref();
    return true;
  }
  if (faults.hit('truncate', occasion)) {
    const bytes = Buffer.from(wire.payload);
    raw.writeHead(wire.status, { ...wire.headers, 'content-length': bytes.length });
    raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => raw.destroy());
    return true;
  }
  const html = faults.hit('html', occasion);
  if (!html) return false;
  raw.writeHead(html.status, { 'content-type': 'text/html; charset=utf-8' });
  raw.end(HTML_BODY);
  return true;
}
