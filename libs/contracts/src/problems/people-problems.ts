import { define } from './problem-definition.js';

/** Why somebody has no account, or keeps the one that they have. */
export const peopleProblems = define({
  NO_USABLE_EMAIL: {
    title: 'The person has no usable email address',
    status: 422,
    remedy: 'Set a mail address or a plain user principal name in Entra, or change the order of identity.email.',
  },
  EMAIL_CONFLICT: {
    title: 'The email address belongs to another account',
    status: 409,
    remedy: 'Change the address of one of the two people in Entra; whoever waits for the address gets it as soon as it is free.',
  },
  EMAIL_EXCLUDED: {
    title: 'The address is outside the email rules',
    status: 422,
    remedy: 'Change scope.emailInclude or scope.emailExclude.',
  },
  NOT_IN_SCOPE: { title: 'Not a member of a watched group', status: 422, remedy: 'Add the person to a watched group in Entra.' },
  ACCOUNT_DISABLED: { title: 'The person is disabled in Entra', status: 422, remedy: 'Enable the person in Entra.' },
  USER_DELETED: {
    title: 'The person is deleted in Entra',
    status: 422,
    remedy: 'Restore the person in Entra under Deleted users.',
  },
  GUEST_EXCLUDED: {
    title: 'Guests are not included',
    status: 422,
    remedy: 'Switch include.guests on if guests are to get accounts.',
  },
  ATTRIBUTES_UNKNOWN: {
    title: 'The person has not been read yet',
    status: 409,
    remedy: 'Nothing to do: the attributes are read within seconds.',
  },
  MEMBER_KIND_EXCLUDED: {
    title: 'Not a person',
    status: 422,
    remedy: 'Only users are taken; devices, contacts and groups are listed for information.',
  },
  GROUP_DELETED: {
    title: 'The watched group was deleted',
    status: 409,
    remedy: 'Restore the group in Entra, or release the held changes.',
  },
  GROUP_UNWATCHED: { title: 'The group was taken out of the scope', status: 409, remedy: 'Release or reject the held changes.' },
  LAST_SUPER_ADMIN: {
    title: 'The last super admin is never deactivated by a sync',
    status: 409,
    remedy: 'Make somebody else super admin first.',
  },
  ACCOUNT_PROTECTED: {
    title: 'The account is protected',
    status: 409,
    remedy: 'Lift the protection of the account if sync may deactivate it.',
  },
  GUARD_TRIPPED: {
    title: 'More removals than the guard allows',
    status: 409,
    remedy: 'Look at the held changes; release them if they are right, reject them if they are not.',
  },
  GUARD_WOULD_EMPTY: {
    title: 'The change would leave nobody',
    status: 409,
    remedy: 'Look at the held changes; release them if the group is really to be empty.',
  },
  REVIEW: { title: 'Waits for review', status: 409, remedy: 'Release or reject the change.' },
  UNDONE: {
    title: 'Taken back by a person, against the directory',
    status: 409,
    remedy: 'The change was undone by a person and stays so until the tenant changes it again or the pin is lifted.',
  },
  STILL_NAMED_BY_THE_PERSON: {
    title: 'The person is still named as a member of the group',
    status: 409,
    remedy: 'Nothing to do: the membership is read once more. A nested group may be the cause.',
  },
});
