export { buildConnectionEvent, buildRunEvent, emptySummary, type Owned, type RunEventOptions } from './build-events.js';
export { buildMessage } from './build-message.js';
export {
  describeForeignChannelContract,
  describeNoticeChannelContract,
  type ChannelUnderTest,
  type ForeignChannelUnderTest,
} from './describe-notice-channel-contract.js';
export { namesOf } from './names-of.js';
export { HttpReceiver, type ReceivedPost } from './http-receiver.js';
export { MailReceiver } from './mail-receiver.js';
export { RecordingChannel } from './recording-channel.js';
export { seedOrganisation, type SeededOrganisation } from './seed-organisation.js';
