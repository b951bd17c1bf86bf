import { Controller, Get, Header, Inject, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { hasPermission } from '#connections';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import { Authenticator } from '../http/authenticator.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { renderSignedOut, renderStatusPage } from './render-status-page.js';
import { statusPageScript } from './status-page-script.js';
import { statusPageStyle } from './status-page-style.js';

/** The plain page until the console is there: connections, accounts and activity, live. It knows only what the REST says. */
@Controller()
@UseFilters(ProblemFilter)
@ApiExcludeController()
export class StatusPageController {
  constructor(
    @Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async page(@Req() request: FastifyRequest): Promise<string> {
    const authentication = await this.authenticator.authenticate(request);
    if (authentication === null) return renderSignedOut();
    const { actor, displayName } = authentication;
    return renderStatusPage({
      displayName,
      canRun: hasPermission(actor.role, 'sync.run'),
      simulatorPageUrl: this.services.simulatorPageUrl,
    });
  }

  @Get('status-page.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-cache')
  script(): string {
    return statusPageScript;
  }

  @Get('status-page.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'no-cache')
  style(): string {
    return statusPageStyle;
  }
}
