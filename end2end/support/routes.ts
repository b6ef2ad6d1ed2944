// Every page of the app, for what must hold on all of them.

import {
  ADVISOR,
  at,
  CONTOSO,
  GLOBAL_ADMIN,
  NORTHWIND,
  type Organization,
  ORGANIZATIONS,
  OUTSIDE,
  type Person,
  TAILSPIN,
} from './people';

export interface Route {
  /** Of the test, and of the file of a screenshot. */
  name: string;
  /** The address; where somebody opens it, behind the PartnerID of their organization. */
  path: string;
  /** Its heading, to know that it is there. */
  heading: string | RegExp;
  /** Who opens it; nobody for pages before sign-in. */
  as?: Person;
  /** Of which organization it is, where it is not theirs. */
  of?: Organization;
  /** Whether it is the person's own, and no organization's. */
  own?: boolean;
}

/** A preview that moves a metric, takes a requirement as met, and is on another day. */
export const PREVIEW = '?day=2023-12-13&people=ms-102*1&measures=modern-work.net-adds.cpor*2';

/** Programs of the catalog, by id and name. */
export const PROGRAMS: Record<string, string> = {
  'ai-cloud-partner-program': 'Microsoft AI Cloud Partner Program',
  'action-pack': 'Microsoft Action Pack',
  'solutions-partner-business-applications': 'Solutions Partner for Business Applications',
  'solutions-partner-data-ai': 'Solutions Partner for Data & AI (Azure)',
  'solutions-partner-digital-app-innovation':
    'Solutions Partner for Digital & App Innovation (Azure)',
  'solutions-partner-infrastructure': 'Solutions Partner for Infrastructure (Azure)',
  'solutions-partner-modern-work': 'Solutions Partner for Modern Work',
  'solutions-partner-security': 'Solutions Partner for Security',
  'solutions-partner-microsoft-cloud': 'Solutions Partner for Microsoft Cloud',
  'azure-expert-msp': 'Azure Expert MSP',
  'legacy-gold': 'Legacy Gold benefits',
  'legacy-silver': 'Legacy Silver benefits',
  'isv-success': 'ISV Success: Build and Publish',
  'marketplace-rewards': 'ISV Marketplace Rewards',
  'training-services-partner': 'Training Services Partner',
  'surface-reseller-alliance': 'Surface Reseller Alliance',
  'specialization-ai-machine-learning': 'AI and Machine Learning on Microsoft Azure',
  'specialization-analytics': 'Analytics on Microsoft Azure',
  'specialization-build-modernize-ai-apps': 'Build and Modernize AI Apps with Microsoft Azure',
  'specialization-data-warehouse-migration': 'Data Warehouse Migration to Microsoft Azure',
  'specialization-devops-github': 'DevOps with GitHub on Microsoft Azure',
  'specialization-hybrid-cloud-infrastructure':
    'Hybrid Cloud Infrastructure with Microsoft Azure Stack HCI',
  'specialization-infra-database-migration': 'Infra and Database Migration to Microsoft Azure',
  'specialization-kubernetes': 'Kubernetes on Microsoft Azure',
  'specialization-azure-virtual-desktop': 'Microsoft Azure Virtual Desktop',
  'specialization-azure-vmware-solution': 'Microsoft Azure VMware Solution',
  'specialization-migrate-enterprise-applications':
    'Migrate Enterprise Applications to Microsoft Azure',
  'specialization-networking-services': 'Networking Services in Microsoft Azure',
  'specialization-sap': 'SAP on Microsoft Azure',
  'specialization-business-intelligence': 'Business Intelligence',
  'specialization-finance': 'Finance',
  'specialization-intelligent-automation': 'Intelligent Automation',
  'specialization-low-code-application-development': 'Microsoft Low Code Application Development',
  'specialization-sales': 'Sales',
  'specialization-service': 'Service',
  'specialization-small-midsize-business-management': 'Small and Midsize Business Management',
  'specialization-supply-chain': 'Supply Chain',
  'specialization-adoption-change-management': 'Adoption and Change Management',
  'specialization-calling': 'Calling for Microsoft Teams',
  'specialization-custom-solutions': 'Custom Solutions for Microsoft Teams',
  'specialization-meetings-meeting-rooms': 'Meetings and Meeting Rooms for Microsoft Teams',
  'specialization-modernize-endpoints': 'Modernize Endpoints',
  'specialization-teamwork-deployment': 'Teamwork Deployment',
  'specialization-cloud-security': 'Cloud Security',
  'specialization-identity-access-management': 'Identity and Access Management',
  'specialization-information-protection-governance': 'Information Protection and Governance',
  'specialization-threat-protection': 'Threat Protection',
};

/** Scores of the catalog, by id, and the designation that is named after each. */
export const AREAS: Record<string, string> = {
  'data-ai': 'Solutions Partner for Data & AI (Azure)',
  'digital-app-innovation': 'Solutions Partner for Digital & App Innovation (Azure)',
  infrastructure: 'Solutions Partner for Infrastructure (Azure)',
  'business-applications': 'Solutions Partner for Business Applications',
  'modern-work': 'Solutions Partner for Modern Work',
  security: 'Solutions Partner for Security',
};

/** The whole address of a route. */
export const address = ({ as, of, own, path }: Route) =>
  as === undefined || own ? path : at(of ?? as, path);

const outside = OUTSIDE[0] as Person;

/** Specializations with an audit, with references, and with neither; the others look the same. */
const KINDS = [
  'specialization-ai-machine-learning',
  'specialization-threat-protection',
  'specialization-small-midsize-business-management',
];
const shown = ([id]: [string, string]) => !id.startsWith('specialization-') || KINDS.includes(id);

export const ROUTES: Route[] = [
  { name: 'sign-in', path: '/sign-in', heading: 'Sign in' },
  { name: 'forgot-password', path: '/forgot-password', heading: 'Reset your password' },
  { name: 'link-lost', path: '/link', heading: 'Open the link from your email' },
  { name: 'account', path: '/account', heading: 'Your account', as: CONTOSO, own: true },
  { name: 'preview-start', path: '/preview', heading: 'Try it without an account' },
  { name: 'preview-programs', path: '/preview/programs', heading: 'Programs' },
  { name: 'overview-newcomer', path: '/', heading: 'Overview', as: TAILSPIN },
  { name: 'overview', path: '/', heading: 'Overview', as: CONTOSO },
  { name: 'overview-qualified', path: '/', heading: 'Overview', as: NORTHWIND },
  { name: 'overview-two-organizations', path: '/', heading: 'Overview', as: ADVISOR },
  { name: 'programs', path: '/programs', heading: 'Programs', as: CONTOSO },
  { name: 'programs-none', path: '/programs?q=zebra', heading: 'Programs', as: CONTOSO },
  ...Object.entries(PROGRAMS).filter(shown).map(([id, heading]) => ({
    name: `program-${id}`,
    path: `/programs/${id}`,
    heading,
    as: NORTHWIND,
  })),
  {
    name: 'program-preview',
    path: '/programs/azure-expert-msp?met=azure-expert-msp.audit',
    heading: 'Azure Expert MSP',
    as: NORTHWIND,
  },
  {
    name: 'program-unknown',
    path: '/programs/zebra',
    heading: 'Program not found',
    as: CONTOSO,
  },
  {
    name: 'specializations',
    path: '/specializations',
    heading: 'Specializations',
    as: NORTHWIND,
  },
  { name: 'designations', path: '/designations', heading: 'Designations', as: CONTOSO },
  ...Object.entries(AREAS).map(([id, heading]) => ({
    name: `area-${id}`,
    path: `/designations/${id}`,
    heading,
    as: CONTOSO,
  })),
  {
    name: 'area-preview',
    path: `/designations/modern-work${PREVIEW}`,
    heading: 'Solutions Partner for Modern Work',
    as: CONTOSO,
  },
  {
    name: 'area-misread',
    path: '/designations/security?day=yesterday&people=zebra*1',
    heading: 'Solutions Partner for Security',
    as: NORTHWIND,
  },
  {
    name: 'area-unknown',
    path: '/designations/zebra',
    heading: 'Solution area not found',
    as: CONTOSO,
  },
  {
    name: 'evidence-person',
    path: '/evidence/people/new',
    heading: 'Add a person',
    as: CONTOSO,
  },
  {
    name: 'evidence-customer-new',
    path: '/evidence/customers/new',
    heading: 'Add a customer',
    as: CONTOSO,
  },
  {
    name: 'evidence-customer',
    path: '/evidence/customer?id=fabrikam-bakery',
    heading: 'Fabrikam Bakery',
    as: CONTOSO,
  },
  {
    name: 'evidence-usage-new',
    path: '/evidence/usage/row?customer=fabrikam-bakery',
    heading: 'Add a month of usage',
    as: CONTOSO,
  },
  { name: 'evidence-people', path: '/evidence/people', heading: 'People', as: CONTOSO },
  {
    name: 'evidence-certifications',
    path: '/evidence/certifications?state=valid',
    heading: 'Certifications',
    as: CONTOSO,
  },
  { name: 'evidence-customers', path: '/evidence/customers', heading: 'Customers', as: CONTOSO },
  { name: 'evidence-usage', path: '/evidence/usage?sort=month', heading: 'Usage', as: CONTOSO },
  { name: 'imports', path: '/evidence/imports', heading: 'Import evidence', as: CONTOSO },
  { name: 'company', path: '/company', heading: 'Company', as: GLOBAL_ADMIN },
  { name: 'company-not-mine', path: '/company', heading: 'Company', as: CONTOSO },
  {
    name: 'company-edit',
    path: '/company/edit',
    heading: 'Edit company data',
    as: GLOBAL_ADMIN,
  },
  {
    name: 'company-edit-denied',
    path: '/company/edit',
    heading: "You can't open this page",
    as: CONTOSO,
  },
  {
    name: 'company-location-new',
    path: '/company/location',
    heading: 'Add a location',
    as: GLOBAL_ADMIN,
  },
  {
    name: 'company-location-gone',
    path: '/company/location?id=zebra',
    heading: 'Location not found',
    as: GLOBAL_ADMIN,
  },
  {
    name: 'offers',
    path: '/offers',
    heading: 'Microsoft Action Pack runs 90 more days; nothing can be ordered today.',
    as: CONTOSO,
  },
  { name: 'offers-several', path: '/offers', heading: /^You can enroll in/, as: NORTHWIND },
  {
    name: 'offers-newcomer',
    path: '/offers',
    heading: 'Nothing can be ordered until the account is verified.',
    as: TAILSPIN,
  },
  {
    name: 'offer-refused',
    path: '/offers/action-pack/order',
    heading: "You can't order Microsoft Action Pack now",
    as: CONTOSO,
  },
  { name: 'offer-unknown', path: '/offers/zebra/order', heading: 'Offer not found', as: CONTOSO },
  {
    name: 'offer-begin',
    path: '/offers/isv-success/order',
    heading: 'Do you have an order number of your own?',
    as: NORTHWIND,
  },
  { name: 'bills', path: '/bills', heading: 'Nothing is due.', as: CONTOSO },
  { name: 'order-unknown', path: '/orders/zebra', heading: 'Order not found', as: CONTOSO },
  { name: 'billing', path: '/billing', heading: 'Billing profile', as: GLOBAL_ADMIN },
  { name: 'billing-not-mine', path: '/billing', heading: 'Billing profile', as: CONTOSO },
  { name: 'access', path: '/access', heading: 'My access', as: CONTOSO },
  { name: 'users', path: '/users', heading: /people can act for Contoso/, as: GLOBAL_ADMIN },
  { name: 'tokens', path: '/tokens', heading: 'No API token is active.', as: GLOBAL_ADMIN },
  { name: 'users-invite', path: '/users/invite', heading: 'Invite people', as: GLOBAL_ADMIN },
  {
    name: 'user-gone',
    path: '/users/user?id=zebra',
    heading: "This person isn't a member of the organization",
    as: GLOBAL_ADMIN,
  },
  { name: 'audit', path: '/audit', heading: 'Audit log', as: GLOBAL_ADMIN },
  { name: 'audit-denied', path: '/audit', heading: "You can't open this page", as: CONTOSO },
  { name: 'access-outside', path: '/access', heading: 'My access', as: outside },
  {
    name: 'no-permission',
    path: '/',
    heading: "You can't open the membership workspace",
    as: outside,
  },
  { name: 'not-found', path: '/zebra', heading: 'Page not found', as: CONTOSO },
  {
    name: 'not-own',
    path: '/designations/modern-work',
    heading: "You don't have access to this organization",
    as: CONTOSO,
    of: ORGANIZATIONS.northwind,
  },
];
