import { describe, expect, it } from 'vitest';
import type { NoticeChannel, NoticeMessage } from '#notices';

/** A channel with the other side under the test's hand. */
export interface ChannelUnderTest {
  readonly channel: NoticeChannel;
  /** A message whose recipient exists. */
  readonly buildMessage: () => NoticeMessage;
  /** The ids of what the other side shows, in their order; a repetition under one id is shown once. */
  readonly shown: () => Promise<readonly string[]>;
}

/** One whose other side is not our own database: it may refuse for good, or be away. */
export interface ForeignChannelUnderTest extends ChannelUnderTest {
  readonly refuse: () => Promise<void>;
  readonly goAway: () => Promise<void>;
}

/** What every channel promises to the deliverer. `setUp` makes a fresh one with a working other side. */
export function describeNoticeChannelContract(name: string, setUp: () => Promise<ChannelUnderTest>): void {
  describe(`${name} as a notice channel`, () => {
    it('answers "delivered" with what the other side said', async () => {
      const { channel, buildMessage, shown } = await setUp();
      const message = buildMessage();
      const answer = await channel.send(message);
      expect(answer).toMatchObject({ outcome: 'delivered' });
      expect(answer.code).not.toBe('');
      expect(await shown()).toEqual([message.id]);
    });

    it('carries the same id in a repetition, by which the other side can drop it', async () => {
      const { channel, buildMessage, shown } = await setUp();
      const message = buildMessage();
      await channel.send(message);
      await channel.send(message);
      expect([...new Set(await shown())]).toEqual([message.id]);
    });
  });
}

/** What channels to the outside promise besides. */
export function describeForeignChannelContract(name: string, setUp: () => Promise<ForeignChannelUnderTest>): void {
  describeNoticeChannelContract(name, setUp);

  describe(`${name} as a way to the outside`, () => {
    it('answers "refused" where a repetition cannot help, without throwing', async () => {
      const { channel, buildMessage, refuse } = await setUp();
      await refuse();
      const answer = await channel.send(buildMessage());
      expect(answer.outcome).toBe('refused');
      expect(answer.text).not.toBe('');
    });

    it('answers "failed" where the other side is away, without throwing', async () => {
      const { channel, buildMessage, goAway } = await setUp();
      await goAway();
      expect((await channel.send(buildMessage())).outcome).toBe('failed');
    });
  });
}
