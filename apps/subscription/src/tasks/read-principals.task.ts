import type { Task } from '#service-host';
import { WATCH_CHANNELS, type PrincipalReader } from '#watch';

/** Reads the attributes of people whom a membership named. */
export class ReadPrincipalsTask implements Task {
  readonly name = 'read-principals';
  readonly channels = [WATCH_CHANNELS.principals];
  readonly intervalMs = 1_000;
  readonly width = 2;

  constructor(private readonly reader: PrincipalReader) {}

  run(): Promise<boolean> {
    return this.reader.readOne();
  }
}
