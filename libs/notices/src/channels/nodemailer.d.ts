/** The part of nodemailer that `MailChannel` uses; the package brings no types. */
declare module 'nodemailer' {
  export interface SendMailOptions {
    readonly from: string;
    readonly to: string | { readonly name: string; readonly address: string };
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly messageId: string;
    readonly references?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  export interface SentMessage {
    readonly accepted: readonly string[];
    readonly rejected: readonly string[];
    /** The last line of the server. */
    readonly response: string;
    readonly rejectedErrors?: readonly Error[];
  }

  export interface Transporter {
    sendMail(options: SendMailOptions): Promise<SentMessage>;
  }

  export interface TransportOptions {
    readonly url: string;
    readonly connectionTimeout: number;
    readonly greetingTimeout: number;
    readonly socketTimeout: number;
    readonly dnsTimeout: number;
    readonly disableFileAccess: boolean;
    readonly disableUrlAccess: boolean;
  }

  export function createTransport(options: TransportOptions): Transporter;
}
