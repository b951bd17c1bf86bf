import type { GraphClient, Priority } from '#graph-client';

/** The way to the Graph of a connection, and who is told how it went. */
export interface GraphDoor {
  /** Opens the credential. Throws a coded error while the connection may not ask (expired secret, disconnected). */
  open(connectionId: string, options?: { readonly priority?: Priority }): Promise<GraphClient>;
  /** A call failed for a reason that is the connection's, not the object's: shown to its admins. Never throws. */
  failed(connectionId: string, error: unknown): Promise<void>;
  /** What was in the way of a connection is over. Never throws. */
  recovered(connectionId: string): Promise<void>;
}
