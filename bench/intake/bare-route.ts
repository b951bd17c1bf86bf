import Fastify from 'fastify';
import pg from 'pg';
import type { Notification } from './seed-subscriptions.js';

export interface BareRoute {
  readonly url: string;
  stop(): Promise<void>;
}

/** The least that keeps a batch: one route, one insert of all its notifications, 202. It checks nothing. */
export async function startBareRoute(databaseUrl: string): Promise<BareRoute> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await pool.query(
    'CREATE TABLE bare_inbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subscription_id text, resource text)',
  );
  const server = Fastify();
  server.post<{ Body: { value: Notification[] } }>('/notifications', async (request, reply) => {
    const { value } = request.body;
    await pool.query('INSERT INTO bare_inbox (subscription_id, resource) SELECT * FROM unnest($1::text[], $2::text[])', [
      value.map(({ subscriptionId }) => subscriptionId),
      value.map(({ resource }) => resource),
    ]);
    return reply.code(202).send();
  });
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `${address}/notifications`,
    stop: async () => {
      await server.close();
      await pool.end();
    },
  };
}
