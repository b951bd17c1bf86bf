import type { DirectoryEditor } from './directory-editor.js';
import type { MembershipEditor } from './membership-editor.js';
import { familyNames, givenNames } from './names.js';

/** What a new tenant begins with. */
export interface SeedOptions {
  readonly displayName?: string;
  readonly domain?: string;
  /** People of the default tenant; `none` leaves it empty. */
  readonly people?: 'default' | 'none';
}

const ROLLCALL_USERS = 25;
const FIELD_SALES = 10;
const LEADERSHIP = 5;
const OTHERS = 14;
const DEPARTMENTS = ['Finance', 'Engineering', 'Operations', 'Marketing', 'Legal'] as const;

/**
 * The default tenant: three ordinary groups, and one example of everything that makes a sync difficult. "Rollcall Users"
 * comes first and holds nobody difficult.
 */
export function seedTenant(objects: DirectoryEditor, memberships: MembershipEditor, domain: string): void {
  let next = 0;
  const people = (count: number, department?: string): string[] =>
    Array.from({ length: count }, () => addPerson(objects, domain, next++, department));
  const group = (displayName: string, members: readonly string[], attributes: object = {}): string =>
    addGroup(objects, memberships, displayName, members, attributes);

  const rollcall = people(ROLLCALL_USERS);
  group('Rollcall Users', rollcall, { description: 'Everybody who works with the business application.' });
  const sales = people(FIELD_SALES, 'Sales');
  group('Field Sales', sales);
  const leadership = people(LEADERSHIP, 'Management');
  group('Leadership', leadership);
  const others = people(OTHERS);

  const regions = group('Sales Regions', sales.slice(0, 3));
  group('All Sales (nested)', [...others.slice(0, 2), regions]);
  group('New Hires (empty)', []);
  group('Works Council (hidden)', others.slice(2, 6), {
    groupTypes: ['Unified'],
    mailEnabled: true,
    mail: `works-council@${domain}`,
    visibility: 'HiddenMembership',
  });

  const disabled = addUser(objects, domain, 'Dieter', 'Abel', { accountEnabled: false });
  const noMail = addUser(objects, domain, 'Nora', 'Nomail', { mail: null });
  const guests = [guest(objects, domain, 'Gina', 'Accepted'), guest(objects, domain, 'Gil', 'PendingAcceptance')];
  const device = objects.create('device', {
    deviceId: crypto.randomUUID(),
    displayName: 'KIOSK-01',
    accountEnabled: true,
    operatingSystem: 'Windows',
    operatingSystemVersion: '10.0.26100.1',
    trustType: 'AzureAd',
    isManaged: true,
    isCompliant: true,
  }).id;
  const contact = objects.create('orgContact', {
    displayName: 'Cora Contact',
    givenName: 'Cora',
    surname: 'Contact',
    mail: 'cora@partner.example',
  }).id;
  group('Everything Else', [...others.slice(6, 10), disabled, noMail, ...guests, device, contact]);
}

function addPerson(objects: DirectoryEditor, domain: string, index: number, department?: string): string {
  const given = givenNames[(index * 7) % givenNames.length] ?? 'Robin';
  const family = familyNames[(index * 11) % familyNames.length] ?? 'Reed';
  return addUser(objects, domain, given, family, { department: department ?? DEPARTMENTS[index % DEPARTMENTS.length] });
}

function addUser(objects: DirectoryEditor, domain: string, givenName: string, surname: string, attributes: object = {}): string {
  const mailNickname = `${givenName}.${surname}`.toLowerCase();
  const address = `${mailNickname}@${domain}`;
  return objects.create('user', {
    accountEnabled: true,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail: address,
    mailNickname,
    userPrincipalName: address,
    userType: 'Member',
    ...attributes,
  }).id;
}

function guest(
  objects: DirectoryEditor,
  domain: string,
  name: string,
  externalUserState: 'Accepted' | 'PendingAcceptance',
): string {
  const mail = `${name.toLowerCase()}@partner.example`;
  return addUser(objects, domain, name, 'Guest', {
    mail,
    userPrincipalName: `${mail.replace('@', '_')}#EXT#@${domain}`,
    userType: 'Guest',
    creationType: 'Invitation',
    externalUserState,
  });
}

function addGroup(
  objects: DirectoryEditor,
  memberships: MembershipEditor,
  displayName: string,
  members: readonly string[],
  attributes: object,
): string {
  const mailNickname = displayName
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const defaults = { displayName, mailNickname, mailEnabled: false, securityEnabled: true, groupTypes: [] };
  const group = objects.create('group', { ...defaults, ...attributes });
  memberships.add(group.id, members);
  return group.id;
}
