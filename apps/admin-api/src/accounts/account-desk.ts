import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#connections';
import { activateAccounts, explainAccount, getAccount, listAccounts, patchAccount, undoActivation } from '#people';
import { ADMIN_API_SERVICES, type AdminApiServices } from '../admin-api-services.js';
import type { Page } from '../http/page.js';
import { ProblemError } from '../http/problem.js';
import { peopleTools } from '../people-tools.js';
import { presentAccount } from './account.presenter.js';
import { presentWhy } from './why.presenter.js';
import type { WhyAnswer } from './why.schemas.js';
import type { AccountAnswer, ActivateBody, ListAccountsQuery, PatchAccountBody } from './account.schemas.js';

/** Shows accounts, and changes them by hand. */
@Injectable()
export class AccountDesk {
  constructor(@Inject(ADMIN_API_SERVICES) private readonly services: AdminApiServices) {}

  async list({ organisationId }: Actor, query: ListAccountsQuery): Promise<Page<AccountAnswer>> {
    const { items, nextCursor } = await listAccounts(this.services.db, { organisationId, ...query });
    return { items: items.map(presentAccount), nextCursor };
  }

  async get({ organisationId }: Actor, accountId: string): Promise<AccountAnswer> {
    const account = await getAccount(this.services.db, organisationId, accountId);
    if (account === null) throw new ProblemError('NOT_FOUND', `There is no account ${accountId}.`);
    return presentAccount(account);
  }

  /** One picture: everything is read in one transaction. */
  async why({ organisationId }: Actor, accountId: string): Promise<WhyAnswer> {
    const { context } = peopleTools(this.services);
    const why = await this.services.db.transaction((tx) => explainAccount(tx, context, organisationId, accountId));
    if (why === null) throw new ProblemError('NOT_FOUND', `There is no account ${accountId}.`);
    return presentWhy(why);
  }

  async patch(actor: Actor, accountId: string, patch: PatchAccountBody): Promise<AccountAnswer> {
    const tools = peopleTools(this.services);
    return presentAccount(await this.services.db.transaction((tx) => patchAccount(tx, tools, actor, accountId, patch)));
  }

  async activate(actor: Actor, { ids }: ActivateBody): Promise<{ activated: number }> {
    const tools = peopleTools(this.services);
    return { activated: await this.services.db.transaction((tx) => activateAccounts(tx, tools, actor, ids)) };
  }

  async undoActivation(actor: Actor, { ids }: ActivateBody): Promise<{ setInactive: number }> {
    const tools = peopleTools(this.services);
    return { setInactive: await this.services.db.transaction((tx) => undoActivation(tx, tools, actor, ids)) };
  }
}
