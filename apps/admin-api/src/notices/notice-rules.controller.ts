import { Body, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '#connections';
import { preferencesSchema, ruleBookInputSchema, type ChannelName, type Preferences, type RuleBookInput } from '#notices';
import { By } from '../http/actor.decorator.js';
import { AdminController } from '../http/admin-controller.decorator.js';
import type { Page } from '../http/page.js';
import { Requires } from '../http/permission.guard.js';
import { ProblemError } from '../http/problem.js';
import { RollcallIdPipe } from '../http/validation.js';
import {
  deliveryPageSchema,
  deliverySchema,
  listDeliveriesQuery,
  type DeliveryAnswer,
  type ListDeliveriesQuery,
} from './delivery.schemas.js';
import { NoticeRuleDesk } from './notice-rule-desk.js';
import { channelSchema } from './notice.schemas.js';
import {
  changedRuleBookSchema,
  preferencesAnswerSchema,
  ruleBookQuery,
  ruleBookSchema,
  testChannelBody,
  type ChangedRuleBookAnswer,
  type RuleBookAnswer,
  type RuleBookQuery,
  type TestChannelBody,
} from './notice-rule.schemas.js';

class ChannelPipe {
  transform(text: string): ChannelName {
    const { success, data } = channelSchema.safeParse(text);
    if (!success) throw new ProblemError('NOT_FOUND', `There is no channel ${text.slice(0, 100)}.`);
    return data;
  }
}

@AdminController('notification-rules')
export class NoticeRulesController {
  constructor(@Inject(NoticeRuleDesk) private readonly desk: NoticeRuleDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: ruleBookSchema })
  rules(@By() actor: Actor, @Query({ schema: ruleBookQuery }) { connectionId }: RuleBookQuery): Promise<RuleBookAnswer> {
    return this.desk.rules(actor, connectionId ?? null);
  }

  @Put()
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: changedRuleBookSchema })
  putRules(
    @By() actor: Actor,
    @Query({ schema: ruleBookQuery }) { connectionId }: RuleBookQuery,
    @Body({ schema: ruleBookInputSchema }) body: RuleBookInput,
  ): Promise<ChangedRuleBookAnswer> {
    return this.desk.putRules(actor, connectionId ?? null, body);
  }
}

/** Each channel can be tried: the answer is what the other side said. */
@AdminController('notification-channels')
export class NoticeChannelsController {
  constructor(@Inject(NoticeRuleDesk) private readonly desk: NoticeRuleDesk) {}

  @Post(':channel/test')
  @HttpCode(200)
  @Requires('sync.configure')
  @ApiOkResponse({ standardSchema: deliverySchema })
  test(
    @By() actor: Actor,
    @Param('channel', ChannelPipe) channel: ChannelName,
    @Body({ schema: testChannelBody }) { connectionId }: TestChannelBody,
  ): Promise<DeliveryAnswer> {
    return this.desk.test(actor, channel, connectionId ?? null);
  }
}

@AdminController('notification-deliveries')
export class DeliveriesController {
  constructor(@Inject(NoticeRuleDesk) private readonly desk: NoticeRuleDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: deliveryPageSchema })
  list(@By() actor: Actor, @Query({ schema: listDeliveriesQuery }) query: ListDeliveriesQuery): Promise<Page<DeliveryAnswer>> {
    return this.desk.deliveries(actor, query);
  }

  @Get(':id')
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: deliverySchema })
  get(@By() actor: Actor, @Param('id', RollcallIdPipe) id: string): Promise<DeliveryAnswer> {
    return this.desk.delivery(actor, id);
  }
}

/** Quiet hours and digest are everybody's own. */
@AdminController('notification-preferences')
export class NoticePreferencesController {
  constructor(@Inject(NoticeRuleDesk) private readonly desk: NoticeRuleDesk) {}

  @Get()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: preferencesAnswerSchema })
  preferences(@By() actor: Actor): Promise<Preferences> {
    return this.desk.preferences(actor);
  }

  @Put()
  @Requires('sync.read')
  @ApiOkResponse({ standardSchema: preferencesAnswerSchema })
  putPreferences(
    @By() actor: Actor,
    @Body({ schema: preferencesSchema }) body: z.output<typeof preferencesSchema>,
  ): Promise<Preferences> {
    return this.desk.putPreferences(actor, body);
  }
}
