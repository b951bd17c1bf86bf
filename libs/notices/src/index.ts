export { checkStanding, type StandingSituation } from './alerts/check-standing.js';
export { hearFact, type Fact, type Heard, type HearFactOptions } from './alerts/hear-fact.js';
export type { Names } from './alerts/names.js';
export type { Occurrence, Raise, Settle, SettleAll, Tell } from './alerts/occurrence.js';
export { occurrencesOfConnectionFact } from './alerts/occurrences-of-connection.js';
export { occurrencesOfRunFact, occurrencesOfRunOverdue } from './alerts/occurrences-of-run.js';
export { occurrencesOfCredential, occurrencesOfDeadLetters, occurrencesOfHeldCount } from './alerts/standing-causes.js';
export { reportChannelStates, type ChannelState } from './channels/channel-states.js';
export { openDestination, resealDestinations, type Destination, type DestinationOwner } from './channels/destinations.js';
export { InProductChannel } from './channels/in-product-channel.js';
export { MailChannel, type MailOptions } from './channels/mail-channel.js';
export type { Answer, MessageRecipient, NoticeChannel, NoticeMessage } from './channels/notice-channel.js';
export { OffChannel } from './channels/off-channel.js';
export type { TargetPolicy } from './channels/target-policy.js';
export { TeamsChannel } from './channels/teams-channel.js';
export { WebhookChannel } from './channels/webhook-channel.js';
export type { LabelledValue, NoticeContent, PageLink, Severity } from './content.js';
export { Deliverer, type AttemptOutcome, type DelivererOptions } from './deliveries/deliverer.js';
export { DELIVERIES_DUE_CHANNEL } from './deliveries/delivery-channel.js';
export { pendingDeliveries, type PendingDeliveries } from './deliveries/pending-deliveries.js';
export { testChannel, type ChannelTest, type TestTools } from './deliveries/test-channel.js';
export { sendDigests } from './digest/send-digests.js';
export { DeliveryNotFoundError, RulesInvalidError, type RuleFault } from './errors.js';
export { channelNames, noticeKinds, type ChannelName, type MessageKind, type NoticeKind } from './kinds.js';
export { noticesMigrations } from './migrations/index.js';
export { listAlerts, type AlertListing, type StoredAlert } from './queries/list-alerts.js';
export {
  getDelivery,
  listDeliveries,
  type DeliveryListing,
  type DeliveryState,
  type StoredAttempt,
  type StoredDelivery,
} from './queries/list-deliveries.js';
export { countUnread, listNotices, markAllRead, markRead, type InboxNotice, type NoticeListing } from './queries/list-notices.js';
export { preferencesSchema, putPreferences, readPreferences, type Preferences } from './quiet-hours/preferences.js';
export { listRules, type RuleBookView } from './rules/list-rules.js';
export { putRules, type PutRulesTools, type RulesChanged } from './rules/put-rules.js';
export type { ResolvedRule } from './rules/resolve-rule.js';
export { ruleBookInputSchema, ruleSchema, type Rule, type RuleBookInput } from './rules/rule.js';
export { trimNotices } from './trim-notices.js';
