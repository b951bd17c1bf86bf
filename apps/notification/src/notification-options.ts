import type { SecretBox } from '#connections';

export interface NotificationOptions {
  readonly secretBox: SecretBox;
  /** Null: the mail channel is off, and shown as such. */
  readonly smtpUrl: string | null;
  /** The sender of mails; made from the console's host unless given. */
  readonly smtpFrom?: string | undefined;
  readonly publicUrl: string | null;
  /** Where the console is read; `publicUrl` unless given. */
  readonly consoleUrl?: string | undefined;
  /** Shared channels may post to this machine; false unless given. */
  readonly allowLoopback?: boolean | undefined;
}

const LOCAL_CONSOLE = 'http://127.0.0.1:3000';

/** The links in notices begin with it. */
export function consoleUrlOf({ consoleUrl, publicUrl }: NotificationOptions): string {
  return consoleUrl ?? publicUrl ?? LOCAL_CONSOLE;
}
