// What the catalog says about the products and certificates that Modern Work looks at: lists, and
// no rules. Written down once more because Node has no TOML parser; if the catalog changes, the
// check of equal results finds it.

/** The workloads of the group `modern-work`. */
export const WORKLOADS = new Set([
  'exchange', 'intune', 'pro-plus', 'sharepoint', 'teams', 'teams-meetings', 'teams-phone',
  'teams-phone-calling', 'teams-platform', 'yammer', 'viva-connections', 'viva-insights',
  'viva-learning', 'viva-topics',
]);

/** Through which of our connections an association of the evidence counts. */
export const CONNECTIONS = {
  cpor_usage: 'cpor', dpor: 'dpor', csp_tier1: 'csp', csp_tier2: 'csp',
};

/** In the order of the catalog's associations: the first of two that began on one day is taken. */
export const ASSOCIATIONS = ['csp_tier1', 'csp_tier2', 'dpor', 'cpor_usage'];

/** Months from completion to expiry; without a number, a certificate does not expire. */
export const VALID_MONTHS = new Map([
  ['md-102', 12], ['ms-102', 12], ['ms-203', 12], ['ms-600', 12], ['ms-700', 12],
  ['ms-721', 12], ['sc-300', 12], ['ms-900', undefined], ['teams-meetings-assessment', undefined],
]);

export const INTERMEDIATE =
  ['ms-900', 'ms-600', 'ms-700', 'ms-203', 'sc-300', 'ms-721', 'md-102'];
export const ADVANCED = ['ms-102', 'teams-meetings-assessment'];
