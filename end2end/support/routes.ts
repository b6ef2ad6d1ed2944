// Every page of the app, for what must hold on all of them.

import { ADVISOR, CONTOSO, NORTHWIND, OUTSIDE, type Person, TAILSPIN } from './people';

export interface Route {
  /** Of the test, and of the file of a screenshot. */
  name: string;
  /** The address. */
  path: string;
  /** Its heading, to know that it is there. */
  heading: string | RegExp;
  /** Who opens it; nobody for pages before sign-in. */
  as?: Person;
}

/** A preview that moves a metric, takes a requirement as met, and is on another day. */
export const PREVIEW = '?day=2023-12-13&people=ms-102*1&measures=modern-work.net-adds.cpor*2';

/** Programs of the catalog, by id and name. */
export const PROGRAMS: Record<string, string> = {
  'ai-cloud-partner-program': 'Microsoft AI Cloud Partner Program',
  'action-pack': 'Microsoft Action Pack',
  'solutions-partner-data-ai': 'Solutions Partner for Data & AI (Azure)',
  'solutions-partner-digital-app-innovation':
    'Solutions Partner for Digital & App Innovation (Azure)',
  'solutions-partner-infrastructure': 'Solutions Partner for Infrastructure (Azure)',
  'solutions-partner-business-applications': 'Solutions Partner for Business Applications',
  'solutions-partner-modern-work': 'Solutions Partner for Modern Work',
  'solutions-partner-security': 'Solutions Partner for Security',
  'solutions-partner-microsoft-cloud': 'Solutions Partner for Microsoft Cloud',
  'legacy-gold': 'Legacy Gold benefits',
  'legacy-silver': 'Legacy Silver benefits',
  'azure-expert-msp': 'Azure Expert MSP',
  'specialization-ai-machine-learning': 'AI and Machine Learning on Microsoft Azure',
  'specialization-small-midsize-business-management': 'Small and Midsize Business Management',
  'specialization-threat-protection': 'Threat Protection',
  'isv-success': 'ISV Success: Build and Publish',
  'marketplace-rewards': 'ISV Marketplace Rewards',
  'training-services-partner': 'Training Services Partner',
  'surface-reseller-alliance': 'Surface Reseller Alliance',
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

const outside = OUTSIDE[0] as Person;

export const ROUTES: Route[] = [
  { name: 'sign-in', path: '/sign-in', heading: 'Sign in' },
  { name: 'overview-newcomer', path: '/', heading: 'Overview', as: TAILSPIN },
  { name: 'overview', path: '/', heading: 'Overview', as: CONTOSO },
  { name: 'overview-qualified', path: '/', heading: 'Overview', as: NORTHWIND },
  { name: 'overview-two-organizations', path: '/', heading: 'Overview', as: ADVISOR },
  { name: 'programs', path: '/programs', heading: 'Programs', as: CONTOSO },
  { name: 'programs-none', path: '/programs?q=zebra', heading: 'Programs', as: CONTOSO },
  ...Object.entries(PROGRAMS).map(([id, heading]) => ({
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
    heading: 'There is no such program',
    as: CONTOSO,
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
    heading: 'There is no such area',
    as: CONTOSO,
  },
  { name: 'access', path: '/access', heading: 'My access', as: CONTOSO },
  { name: 'access-outside', path: '/access', heading: 'My access', as: outside },
  {
    name: 'no-permission',
    path: '/',
    heading: 'You cannot open the membership workspace',
    as: outside,
  },
  { name: 'not-found', path: '/zebra', heading: 'There is no such page', as: CONTOSO },
];
