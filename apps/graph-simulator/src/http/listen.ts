import type { FastifyInstance } from 'fastify';
import type { SimulatorLog } from '../simulator-options.js';

/** A port that the caller asked for (0: none in particular), and the one of the last start. */
export interface PortWish {
  readonly asked: number;
  readonly saved: number | null;
}

/**
 * Listens and returns the port. An asked-for port that is taken is the caller's error. A saved one that is taken is replaced
 * by another, with a warning: the tenant stays, only its address changes.
 */
export async function listenOn(server: FastifyInstance, host: string, wish: PortWish, log: SimulatorLog): Promise<number> {
  const wanted = wish.asked === 0 ? (wish.saved ?? 0) : wish.asked;
  try {
    await server.listen({ host, port: wanted });
  } catch (error) {
    if (wish.asked !== 0 || wanted === 0 || !isTaken(error)) throw error;
    log.warn({ port: wanted }, 'the port of the last start is taken; the simulated tenant takes another');
    await server.listen({ host, port: 0 });
  }
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator listens on a socket without a port.');
  return address.port;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}
