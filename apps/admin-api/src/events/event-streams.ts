import { once } from 'node:events';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FeedReader, type FeedItem } from '#messaging';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';

/** A comment line this often keeps proxies from cutting a quiet stream, and finds readers that are gone. */
const HEARTBEAT_MS = 15_000;

/** The open live streams of this process. They end with it: an open stream would keep the process alive. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();
  private readonly reader: FeedReader;

  constructor(@Inject(ADMIN_API_SERVICES) services: AdminApiServices) {
    this.reader = new FeedReader(services);
  }

  /** Sends what happens in the organisation, after `Last-Event-ID` where one is given, until the reader leaves. */
  async serve(reply: FastifyReply, organisationId: string, lastEventId: string | undefined): Promise<void> {
    const stream = new AbortController();
    this.open.add(stream);
    reply.hijack();
    const { raw } = reply;
    raw.on('close', () => stream.abort());
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      // A stream that ends is over; its socket is not kept for another request.
      connection: 'close',
    });
    raw.write(': connected\n\n');
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      for await (const item of this.reader.follow({ organisationId, after: lastEventId, signal: stream.signal })) {
        if (!raw.write(encode(item))) await once(raw, 'drain', { signal: stream.signal });
      }
    } catch (error) {
      if (!stream.signal.aborted) throw error;
    } finally {
      clearInterval(heartbeat);
      this.open.delete(stream);
      raw.end();
    }
  }

  onModuleDestroy(): void {
    for (const stream of this.open) stream.abort();
  }
}

function encode({ cursor, event }: FeedItem): string {
  return `id: ${cursor}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const headers = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  return Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
}
