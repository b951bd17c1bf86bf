import type { AccountView } from '#people';
import { presentReason } from '../http/reason.presenter.js';
import type { AccountAnswer } from './account.schemas.js';

export function presentAccount({
  organisationId: _,
  statusReason,
  roles,
  createdAt,
  updatedAt,
  ...account
}: AccountView): AccountAnswer {
  return {
    ...account,
    statusReason: statusReason === null ? null : presentReason(statusReason),
    roles: [...roles],
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
