/** The part of smtp-server that `MailReceiver` uses; the package brings no types. */
declare module 'smtp-server' {
  import type { AddressInfo } from 'node:net';
  import type { Readable } from 'node:stream';

  export interface Address {
    readonly address: string;
  }

  export interface SMTPServerOptions {
    readonly disabledCommands: readonly string[];
    readonly authOptional: boolean;
    readonly logger: boolean;
    onRcptTo(address: Address, session: unknown, callback: (error?: Error) => void): void;
    onData(stream: Readable, session: unknown, callback: (error?: Error | null, message?: string) => void): void;
  }

  export class SMTPServer {
    constructor(options: SMTPServerOptions);
    readonly server: { address(): AddressInfo };
    listen(port: number, host: string, callback: () => void): void;
    close(callback: () => void): void;
    on(event: 'error', handler: (error: Error) => void): void;
  }
}
