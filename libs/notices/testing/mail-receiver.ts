import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that keeps what it takes; recipients can be refused by number. */
export class MailReceiver {
  readonly mails: string[] = [];
  /** What RCPT TO answers to an address: 550 refuses for good, 451 for now. */
  readonly refusals = new Map<string, number>();
  private isStopped = false;

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailReceiver> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      logger: false,
      onRcptTo: ({ address }, _session, callback) => {
        const code = receiver.refusals.get(address);
        if (code === undefined) return callback();
        callback(Object.assign(new Error(`<${address}> is not taken here`), { responseCode: code }));
      },
      onData: (stream, _session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          receiver.mails.push(Buffer.concat(chunks).toString('utf8'));
          callback(null, 'queued');
        });
      },
    });
    const receiver = new MailReceiver(server);
    server.on('error', () => undefined);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.server.server.address().port}`;
  }

  async stop(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    await new Promise<void>((done) => this.server.close(done));
  }
}
