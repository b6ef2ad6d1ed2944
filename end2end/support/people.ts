// The demo's accounts that the specs sign in with.

/** Of every demo account. */
export const PASSPHRASE = 'walk the harbor wall';

/** An organization: its name, and the PartnerID that stands in the addresses of its pages. */
export interface Organization {
  name: string;
  partnerId: string;
}

const organization = (name: string, partnerId: string): Organization => ({ name, partnerId });

export const ORGANIZATIONS = {
  contoso: organization('Contoso', '4200001'),
  northwind: organization('Northwind', '4300001'),
  tailspin: organization('Tailspin', '4100001'),
  fabrikam: organization('Fabrikam', '4400001'),
};

/** Of one of Contoso's two locations, which are no organizations. */
export const LOCATION_ID = '4200002';

/** An account: its address, the name that the pages show, and its organization or the first. */
export interface Person {
  email: string;
  name: string;
  at: Organization;
}

const person = (email: string, name: string, at = ORGANIZATIONS.contoso): Person => ({
  email,
  name,
  at,
});

/** The address of a page of an organization, or of the one that a person works for. */
export function at(whose: Organization | Person, page: string): string {
  const { partnerId } = 'at' in whose ? whose.at : whose;
  return `/${partnerId}${page}`;
}

/** At Contoso, 56.5 of 70 in Modern Work, 61 with what it entered itself. */
export const CONTOSO = person('mpn-partner-admin@contoso.example', 'Mara Lindqvist');
/** At Northwind, qualified in the three Azure areas. */
export const NORTHWIND = person(
  'mpn-partner-admin@northwind.example',
  'Noor Haddad',
  ORGANIZATIONS.northwind,
);
/** At Northwind, too, which is in the United Kingdom: links its billing profile. */
export const OWEN = person(
  'global-admin@northwind.example',
  'Owen Pryce',
  ORGANIZATIONS.northwind,
);
/** At Tailspin, which has just joined. */
export const TAILSPIN = person(
  'mpn-partner-admin@tailspin.example',
  'Tess Moreau',
  ORGANIZATIONS.tailspin,
);
/** At Fabrikam, which has 10,000 people and 2,000 customers. */
export const FABRIKAM = person(
  'mpn-partner-admin@fabrikam.example',
  'Fay Lindgren',
  ORGANIZATIONS.fabrikam,
);
/** The other role of the workspace. */
export const GLOBAL_ADMIN = person('global-admin@contoso.example', 'Greta Okafor');
/** May change company data. */
export const ACCOUNT_ADMIN = person('account-admin@contoso.example', 'Arlo Jensen');
/** Works for Contoso and for Northwind. */
export const ADVISOR = person('advisor@fabrikam.example', 'Femi Adeyemi');

/** At Contoso with a role that does not open the workspace. */
export const OUTSIDE: (Person & { role: string })[] = [
  { ...person('user-admin@contoso.example', 'Una Castell'), role: 'User management admin' },
  { ...person('admin-agent@contoso.example', 'Anouk Visser'), role: 'Admin agent' },
  { ...person('helpdesk-agent@contoso.example', 'Hana Sato'), role: 'Helpdesk agent' },
  { ...person('sales-agent@contoso.example', 'Silvio Greco'), role: 'Sales agent' },
  { ...person('billing-admin@contoso.example', 'Bela Novak'), role: 'Billing admin' },
  { ...person('account-admin@contoso.example', 'Arlo Jensen'), role: 'Account admin' },
  {
    ...person('business-profile-admin@contoso.example', 'Birgit Holm'),
    role: 'Business profile admin',
  },
  { ...person('referrals-admin@contoso.example', 'Rosa Iglesias'), role: 'Referrals admin' },
  { ...person('referrals-user@contoso.example', 'Ravi Menon'), role: 'Referrals user' },
  { ...person('incentives-admin@contoso.example', 'Imre Szabo'), role: 'Incentives admin' },
  { ...person('incentives-user@contoso.example', 'Isla Grant'), role: 'Incentives user' },
  {
    ...person('co-sell-solution-admin@contoso.example', 'Cora Duval'),
    role: 'Co-sell solution admin',
  },
  {
    ...person('executive-report-viewer@contoso.example', 'Elif Demir'),
    role: 'Executive report viewer',
  },
  { ...person('report-viewer@contoso.example', 'Ruben Costa'), role: 'Report viewer' },
  { ...person('owner@contoso.example', 'Odile Martin'), role: 'Owner' },
  { ...person('manager@contoso.example', 'Milan Petrov'), role: 'Manager' },
  { ...person('default-user@contoso.example', 'Dara Quinn'), role: 'Default user' },
  { ...person('guest@contoso.example', 'Gil Navarro'), role: 'Guest' },
];
