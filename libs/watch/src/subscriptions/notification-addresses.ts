/** The addresses of a connection's webhook. The key binds them to the connection, `s` names our row of the subscription. */
export interface NotificationAddresses {
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string;
}

export function notificationAddresses(publicUrl: string, key: string, rowId: string): NotificationAddresses {
  const query = new URLSearchParams({ k: key, s: rowId }).toString();
  return {
    notificationUrl: `${publicUrl}/webhooks/graph/notifications?${query}`,
    lifecycleNotificationUrl: `${publicUrl}/webhooks/graph/lifecycle?${query}`,
  };
}

/** True where the address is one of this installation, whatever its key. */
export function isOurs(notificationUrl: string, publicUrl: string): boolean {
  return notificationUrl.startsWith(`${publicUrl}/`);
}

/** The row that a subscription was made for; null where the address does not say. */
export function rowIdOf(notificationUrl: string): string | null {
  return URL.canParse(notificationUrl) ? new URL(notificationUrl).searchParams.get('s') : null;
}

/** True where the address carries this key. */
export function hasKey(notificationUrl: string, key: string): boolean {
  return URL.canParse(notificationUrl) && new URL(notificationUrl).searchParams.get('k') === key;
}
