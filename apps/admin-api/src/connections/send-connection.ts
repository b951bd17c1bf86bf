import type { FastifyReply } from 'fastify';
import type { Connection } from '#connections';
import { entityTag } from '../http/entity-tag.js';
import { presentConnection } from './connection.presenter.js';
import type { ConnectionAnswer } from './connection.schemas.js';

/** A connection with the ETag that a later `If-Match` names. */
export function sendConnection(reply: FastifyReply, connection: Connection): ConnectionAnswer {
  void reply.header('etag', entityTag(connection.version));
  return presentConnection(connection);
}
