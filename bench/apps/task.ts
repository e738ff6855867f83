/** What every program here is told, and what every application says of itself. */
export const NAMESPACE = 'bench';
export const DESCRIPTION = 'An application like any other';
export const IMAGE = 'ghcr.io/acme/shop:1.4.2';
export const HOST = 'bench.example.com';
export const CONFIG = { LOG_LEVEL: 'info', CACHE_TTL: '300', FEATURE_BASKET: 'on', GREETING: 'Welcome to the shop: have a look around' };
export const REPLICAS = { min: 2, max: 10 };
export const RESOURCES = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } };

/** The number of applications and the output folder, from the command line. */
export function task(): { readonly names: readonly string[]; readonly folder: string } {
  const [count = '', folder = ''] = process.argv.slice(2);
  if (!/^[1-9]\d*$/.test(count) || folder === '') throw new Error('usage: node <program> <number of applications> <output folder>');
  return { names: Array.from({ length: Number(count) }, (_, index) => nameOf(index)), folder };
}

/** Of one length, so that no file is named after another's beginning. */
export const nameOf = (index: number): string => `shop-${String(index).padStart(5, '0')}`;
