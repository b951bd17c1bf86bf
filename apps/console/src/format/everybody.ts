/** The id under which the API names everybody of a tenant where else a group stands. */
export const EVERYBODY = '00000000-0000-0000-0000-000000000000';

export const EVERYBODY_NAME = 'Everybody in the tenant';
