import { Controller, Get, Header, Inject, Module, Res, type DynamicModule } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import { Health } from './health.js';

const METRICS = Symbol('metrics registry');

/** Probes and metrics of a process; without a token, so they say nothing about people or tenants. */
@Controller()
export class OperationsController {
  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(METRICS) private readonly metrics: Registry,
  ) {}

  @Get('health/live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, checks } = await this.health.report();
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'waiting', checks };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.metrics();
  }
}

@Module({})
export class OperationsModule {
  static register(health: Health, metrics: Registry): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [OperationsController],
      providers: [
        { provide: Health, useValue: health },
        { provide: METRICS, useValue: metrics },
      ],
    };
  }
}
