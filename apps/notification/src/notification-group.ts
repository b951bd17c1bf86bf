/** The consumer group of the service. */
export const NOTIFICATION_GROUP = 'notification';
