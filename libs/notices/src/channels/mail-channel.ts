import { createTransport, type Transporter } from 'nodemailer';
import { htmlText } from './html-text.js';
import type { Answer, NoticeChannel, NoticeMessage } from './notice-channel.js';
import { plainText } from './plain-text.js';

export interface MailOptions {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  /** The sender's address, such as `Rollcall <rollcall@example.com>`. */
  readonly from: string;
  readonly baseUrl: string;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 15_000;

/** One mail to one recipient. All attempts carry one Message-ID, and the mails of an alert are one thread. */
export class MailChannel implements NoticeChannel {
  readonly name = 'mail';
  private readonly transport: Transporter;
  private readonly host: string;

  constructor(private readonly options: MailOptions) {
    this.host = /@([^>\s]+)/.exec(options.from)?.[1] ?? 'rollcall.invalid';
    this.transport = createTransport({
      url: options.smtpUrl,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      // A notice never makes the mailer read a file or fetch an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(message: NoticeMessage): Promise<Answer> {
    const { recipient } = message;
    if (recipient?.email == null || recipient.email === '') {
      return { outcome: 'refused', code: 'NO_ADDRESS', text: `${recipient?.displayName ?? 'the recipient'} has no mail address` };
    }
    try {
      const sent = await this.transport.sendMail({
        from: this.options.from,
        to: { name: recipient.displayName, address: recipient.email },
        subject: subjectOf(message),
        text: plainText(message, this.options.baseUrl),
        html: htmlText(message, this.options.baseUrl),
        messageId: `<${message.id}@${this.host}>`,
        ...(message.alertId === null ? {} : { references: `<alert-${message.alertId}@${this.host}>` }),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Rollcall-Notice': message.kind },
      });
      // A partial refusal resolves; with one recipient it is a whole one.
      const [refusal] = sent.rejectedErrors ?? [];
      if (sent.rejected.length > 0) return answerOf(refusal ?? { responseCode: 550, response: sent.response });
      return answerIn(sent.response, 250, 'delivered');
    } catch (error) {
      return answerOf(error);
    }
  }
}

/** 550 and 451 both arrive as `EENVELOPE`: the server's own number tells "never" from "later". */
function answerOf(error: unknown): Answer {
  const { code, responseCode, response, message } = error as {
    code?: string;
    responseCode?: number;
    response?: string;
    message?: string;
  };
  const text = response ?? message ?? 'the mail server did not take it';
  if (responseCode === undefined) return { outcome: 'failed', code: code ?? 'UNKNOWN', text };
  // A refused login is mended in the configuration, for all mails at once: worth another try.
  const isFinal = responseCode >= 500 && code !== 'EAUTH';
  return answerIn(text, responseCode, isFinal ? 'refused' : 'failed');
}

/** The server's number stands once: as the code, not again before its words. */
function answerIn(response: string, fallback: number, outcome: Answer['outcome']): Answer {
  const [, code = String(fallback), text = response] = /^(\d{3})[ -]?([^]*)$/.exec(response) ?? [];
  return { outcome, code, text: text.trim() };
}

const MAX_SUBJECT = 120;

/** Names are long now and then; the whole title stands in the mail. */
function subjectOf({ content: { title } }: NoticeMessage): string {
  const subject = `[Rollcall] ${title}`;
  return subject.length <= MAX_SUBJECT ? subject : `${subject.slice(0, MAX_SUBJECT - 1)}…`;
}
