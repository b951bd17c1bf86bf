import type { ResealCredentialsTask } from '#connections';
import type { Log } from '#contracts';
import type { Task } from '#service-host';

/** At boot and hourly: seals under the newest key of SECRETS_KEY what an older one sealed. */
export class ResealSecretsTask implements Task {
  readonly name = 'reseal-secrets';
  readonly channels = [];
  readonly intervalMs = 60 * 60 * 1_000;
  readonly width = 1;

  constructor(
    private readonly credentials: Pick<ResealCredentialsTask, 'run'>,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const resealed = await this.credentials.run();
    if (resealed > 0) this.log.info({ resealed }, 'credentials were sealed again under the newest key');
    return false;
  }
}
