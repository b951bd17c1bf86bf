import { CONNECTIONS_CHANNEL } from '#connections';
import type { Task } from '#service-host';
import type { ConnectionReconciler } from '#watch';

/** Follows what admins change: scopes, pauses, new secrets. */
export class ReconcileConnectionsTask implements Task {
  readonly name = 'reconcile-connections';
  readonly channels = [CONNECTIONS_CHANNEL];
  readonly intervalMs = 5_000;
  readonly width = 1;

  constructor(private readonly reconciler: ConnectionReconciler) {}

  async run(): Promise<boolean> {
    await this.reconciler.run();
    return false;
  }
}
