import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { withDatabase } from '#database/testing';
import { FeedWriter, messagingMigrations } from '#messaging';
import {
  buildMessage,
  describeForeignChannelContract,
  describeNoticeChannelContract,
  HttpReceiver,
  MailReceiver,
  RecordingChannel,
  seedOrganisation,
} from '#notices/testing';
import { noticesMigrations } from '../migrations/index.js';
import { InProductChannel } from './in-product-channel.js';
import { MailChannel } from './mail-channel.js';
import { OffChannel } from './off-channel.js';
import { TeamsChannel } from './teams-channel.js';
import { WebhookChannel } from './webhook-channel.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);
const baseUrl = 'https://rollcall.example.com';
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const targets = { allowLoopback: true };
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function httpReceiver(): Promise<HttpReceiver> {
  const receiver = await HttpReceiver.start();
  stops.push(() => receiver.stop());
  return receiver;
}

async function mailReceiver(): Promise<MailReceiver> {
  const receiver = await MailReceiver.start();
  stops.push(() => receiver.stop());
  return receiver;
}

const mailTo = (receiver: MailReceiver) =>
  new MailChannel({ smtpUrl: receiver.url, from: 'Rollcall <rollcall@example.com>', baseUrl });
const webhookTo = (url: string, allowLoopback = true) =>
  new WebhookChannel({
    destinationOf: async () => ({ url, secret }),
    targets: { allowLoopback },
    baseUrl,
    clock: () => new Date('2026-03-02T12:00:00Z'),
  });
const teamsTo = (url: string) => new TeamsChannel({ destinationOf: async () => ({ url, secret: null }), targets, baseUrl });

describeForeignChannelContract('a recording channel', async () => {
  const channel = new RecordingChannel('mail');
  return {
    channel,
    buildMessage,
    shown: async () => channel.sent.map(({ id }) => id),
    refuse: async () => void (channel.answer = { outcome: 'refused', code: '550', text: 'no' }),
    goAway: async () => void (channel.answer = { outcome: 'failed', code: 'ECONNREFUSED', text: 'away' }),
  };
});

describeNoticeChannelContract('the bell', async () => {
  const org = await seedOrganisation(database.db);
  return {
    channel: new InProductChannel(database.db, new FeedWriter(database.db)),
    buildMessage: () =>
      buildMessage({
        organisationId: org.organisationId,
        connectionId: org.connectionId,
        recipient: { memberId: org.adminId, displayName: 'Ada', email: null },
      }),
    shown: async () => {
      const rows = await database.db.query<{ id: string }>('SELECT id FROM notices.inbox WHERE member_id = $1', [org.adminId]);
      return rows.map(({ id }) => id);
    },
  };
});

describeForeignChannelContract('mail', async () => {
  const receiver = await mailReceiver();
  return {
    channel: mailTo(receiver),
    buildMessage,
    shown: async () => receiver.mails.map((mail) => /^Message-ID: <(.+)@/m.exec(mail)?.[1] ?? ''),
    refuse: async () => void receiver.refusals.set('ada@example.com', 550),
    goAway: () => receiver.stop(),
  };
});

describeForeignChannelContract('a webhook', async () => {
  const receiver = await httpReceiver();
  return {
    channel: webhookTo(receiver.url),
    buildMessage,
    shown: async () => receiver.posts.map(({ headers }) => String(headers['webhook-id'])),
    refuse: async () => void (receiver.answer = { status: 410, body: 'gone' }),
    goAway: () => receiver.stop(),
  };
});

describe('Teams as a notice channel', () => {
  it('posts the card and answers what the Workflow said', async () => {
    const receiver = await httpReceiver();
    receiver.answer = { status: 202 };
    expect(await teamsTo(receiver.url).send(buildMessage())).toEqual({ outcome: 'delivered', code: '202', text: '' });
    const [post] = receiver.posts;
    expect(post?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(post?.body ?? '')).toMatchObject({ type: 'message', attachments: [{ content: { type: 'AdaptiveCard' } }] });
  });

  it('waits as long as the Workflow says when it is asked too often', async () => {
    const receiver = await httpReceiver();
    receiver.answer = { status: 429, headers: { 'retry-after': '120' } };
    expect(await teamsTo(receiver.url).send(buildMessage())).toMatchObject({ outcome: 'failed', code: '429', afterMs: 120_000 });
  });

  it('answers that no address is set, or that the address is refused for good', async () => {
    const unset = new TeamsChannel({ destinationOf: async () => null, targets, baseUrl });
    expect(await unset.send(buildMessage())).toMatchObject({ outcome: 'refused', code: 'NO_DESTINATION' });
    const receiver = await httpReceiver();
    receiver.answer = { status: 404, body: 'no such workflow' };
    expect(await teamsTo(receiver.url).send(buildMessage())).toEqual({
      outcome: 'refused',
      code: '404',
      text: 'no such workflow',
    });
  });
});

describe('a webhook', () => {
  it('is signed as Standard Webhooks say, over the very bytes of the body', async () => {
    const receiver = await httpReceiver();
    const message = buildMessage({ note: 'The rule names Eve.' });
    await webhookTo(receiver.url).send(message);
    const { headers, body } = receiver.posts[0]!;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(headers['webhook-timestamp']).toBe('1772452800');
    expect(JSON.parse(body)).toMatchObject({
      type: 'rollcall.notice.problem',
      timestamp: '2026-03-01T10:00:00.000Z',
      data: {
        kind: 'runFailed',
        connectionId: message.connectionId,
        note: 'The rule names Eve.',
        links: [{ label: 'Open the run', url: `${baseUrl}/sync-runs/1` }],
      },
    });
  });

  it('follows no redirect', async () => {
    const inner = await httpReceiver();
    const receiver = await httpReceiver();
    receiver.answer = { status: 302, headers: { location: inner.url } };
    expect(await webhookTo(receiver.url).send(buildMessage())).toMatchObject({ outcome: 'refused', code: '302' });
    expect(inner.posts).toEqual([]);
  });

  it('does not reach into this machine or a private network', async () => {
    const receiver = await httpReceiver();
    expect(await webhookTo(receiver.url, false).send(buildMessage())).toMatchObject({
      outcome: 'refused',
      code: 'TARGET_REFUSED',
    });
    expect(await webhookTo('https://10.1.2.3/hook').send(buildMessage())).toMatchObject({
      outcome: 'refused',
      code: 'TARGET_REFUSED',
    });
    expect(receiver.posts).toEqual([]);
  });

  it('cuts a long answer and calls a server error a failure', async () => {
    const receiver = await httpReceiver();
    receiver.answer = { status: 503, body: 'x'.repeat(100_000) };
    const answer = await webhookTo(receiver.url).send(buildMessage());
    expect(answer).toMatchObject({ outcome: 'failed', code: '503' });
    expect(answer.text.length).toBeLessThanOrEqual(4_096);
  });
});

describe('mail', () => {
  it('is plain text and the same as HTML to one recipient, says that a machine wrote it, and is threaded by its alert', async () => {
    const receiver = await mailReceiver();
    const content = { ...buildMessage().content, title: 'Full sync\r\nBcc: eve@example.com' };
    const message = buildMessage({ alertId: 'an-alert', content, note: 'You stand in for Eve.' });
    await mailTo(receiver).send(message);
    const [mail] = receiver.mails;
    expect(mail).toMatch(/^To: Ada <ada@example.com>\r$/m);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mail).toMatch(/^References: <alert-an-alert@example.com>\r$/m);
    expect(mail?.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
    expect(mail).toContain('Open the run: https://rollcall.example.com/sync-runs/1');
    expect(mail?.match(/You stand in for Eve\./g)).toHaveLength(2);
    expect(mail).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(mail).toContain('Content-Type: text/html; charset=utf-8');
  });

  it('tells a recipient who is refused for good (550) from one who is refused for now (451)', async () => {
    const receiver = await mailReceiver();
    receiver.refusals.set('ada@example.com', 451);
    expect(await mailTo(receiver).send(buildMessage())).toMatchObject({ outcome: 'failed', code: '451' });
    receiver.refusals.set('ada@example.com', 550);
    const answer = await mailTo(receiver).send(buildMessage());
    expect(answer).toEqual({ outcome: 'refused', code: '550', text: '<ada@example.com> is not taken here' });
  });

  it('says the number of the server once, as the code', async () => {
    const receiver = await mailReceiver();
    expect(await mailTo(receiver).send(buildMessage())).toEqual({ outcome: 'delivered', code: '250', text: 'queued' });
  });

  it('cuts a long title in the subject, not in the mail', async () => {
    const receiver = await mailReceiver();
    const title = `Sync of ${'a very long group '.repeat(20)}has completed`;
    await mailTo(receiver).send(buildMessage({ content: { ...buildMessage().content, title } }));
    const [head = '', ...body] = receiver.mails[0]?.split('\r\n\r\n') ?? [];
    const subject = /^Subject: ([^]*?)\r\n(?! )/m.exec(head)?.[1] ?? '';
    expect(subject.length).toBeLessThan(200);
    expect(body.join('').replaceAll('=\r\n', '')).toContain(title);
  });

  it('answers that a recipient has no address', async () => {
    const receiver = await mailReceiver();
    const recipient = { memberId: 'm', displayName: 'Ada', email: null };
    expect(await mailTo(receiver).send(buildMessage({ recipient }))).toEqual({
      outcome: 'refused',
      code: 'NO_ADDRESS',
      text: 'Ada has no mail address',
    });
  });

  it('is shown as off without SMTP_URL', async () => {
    const off = new OffChannel('mail', 'SMTP_URL is not set');
    expect(await off.send()).toEqual({
      outcome: 'refused',
      code: 'CHANNEL_OFF',
      text: 'the channel is off: SMTP_URL is not set',
    });
  });
});

describe('the bell', () => {
  it('rings on open pages: the live stream hears of the notice, once', async () => {
    const org = await seedOrganisation(database.db);
    const channel = new InProductChannel(database.db, new FeedWriter(database.db));
    const recipient = { memberId: org.adminId, displayName: 'Ada', email: null };
    const message = buildMessage({ organisationId: org.organisationId, connectionId: org.connectionId, recipient });
    await channel.send(message);
    await channel.send(message);
    const rows = await database.db.query<{ event: string }>('SELECT event FROM messaging.feed WHERE organisation_id = $1', [
      org.organisationId,
    ]);
    const events = rows.map(({ event }) => JSON.parse(event) as { type: string; data: { noticeId: string } });
    const rung = events.filter(({ type }) => type === 'rollcall.notice.created');
    expect(rung).toHaveLength(1);
    expect(rung[0]?.data).toMatchObject({ noticeId: message.id, memberId: org.adminId });
    expect(JSON.stringify(rung)).not.toContain('A permission is not granted');
  });
});
