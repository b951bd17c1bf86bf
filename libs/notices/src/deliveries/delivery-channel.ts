/** Woken when deliveries become due, and with a delivery's id when it was attempted; whoever listens also looks on a timer. */
export const DELIVERIES_DUE_CHANNEL = 'rollcall_deliveries_due';
export const DELIVERY_ATTEMPTED_CHANNEL = 'rollcall_delivery_attempted';
