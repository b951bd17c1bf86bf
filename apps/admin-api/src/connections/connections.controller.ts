import type { Page } from '../http/page.js';
import { Body, Delete, Get, Headers, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#connections';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import { Creates } from '../http/idempotency.interceptor.js';
import { Requires } from '../http/permission.guard.js';
import { RollcallIdPipe } from '../http/validation.js';
import { ChangeConnection } from './change-connection.js';
import { ConnectTenant } from './connect-tenant.js';
import { ConnectionDesk } from './connection-desk.js';
import {
  connectionPageSchema,
  connectionSchema,
  createConnectionBody,
  deleteConnectionQuery,
  listConnectionsQuery,
  patchConnectionBody,
  type ConnectionAnswer,
  type CreateConnectionBody,
  type DeleteConnectionQuery,
  type ListConnectionsQuery,
  type PatchConnectionBody,
} from './connection.schemas.js';
import { sendConnection } from './send-connection.js';
import { DisconnectTenant } from './disconnect-tenant.js';
import { EnableLiveSync } from './enable-live-sync.js';

/** Connections: made, looked at, changed, switched on and off, ended. */
@AdminController('connections')
export class ConnectionsController {
  constructor(
    @Inject(ConnectionDesk) private readonly desk: ConnectionDesk,
    @Inject(ConnectTenant) private readonly connect: ConnectTenant,
    @Inject(ChangeConnection) private readonly change: ChangeConnection,
    @Inject(EnableLiveSync) private readonly live: EnableLiveSync,
    @Inject(DisconnectTenant) private readonly disconnect: DisconnectTenant,
  ) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: connectionPageSchema })
  list(
    @By() actor: Actor,
    @Query({ schema: listConnectionsQuery }) query: ListConnectionsQuery,
  ): Promise<Page<ConnectionAnswer>> {
    return this.desk.list(actor, query);
  }

  @Post()
  @Creates()
  @Requires('sync.configure')
  @ApiCreatedResponse({ standardSchema: connectionSchema })
  async create(
    @By() actor: Actor,
    @Body({ schema: createConnectionBody }) body: CreateConnectionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionAnswer> {
    return sendConnection(reply, await this.connect.create(actor, body));
  }

  @Get(':id')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: connectionSchema })
  async get(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionAnswer> {
    return sendConnection(reply, await this.desk.get(actor, id));
  }

  @Patch(':id')
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: connectionSchema })
  async patch(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Body({ schema: patchConnectionBody }) body: PatchConnectionBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionAnswer> {
    return sendConnection(reply, await this.change.patch(actor, id, body, ifMatch));
  }

  @Delete(':id')
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: connectionSchema })
  async end(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Query({ schema: deleteConnectionQuery }) query: DeleteConnectionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionAnswer> {
    return sendConnection(reply, await this.disconnect.end(actor, id, query));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: connectionSchema })
  async enable(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionAnswer> {
    return sendConnection(reply, await this.live.enable(actor, id));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: connectionSchema })
  async pause(
    @By() actor: Actor,
    @Param('id', RollcallIdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionAnswer> {
    return sendConnection(reply, await this.desk.pause(actor, id));
  }
}
