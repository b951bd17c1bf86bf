/** The consumer group of the service. */
export const PROVISIONING_GROUP = 'provisioning';
