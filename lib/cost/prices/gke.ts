import type { PriceTable } from './table';

/** Cloud NAT: an hour for each node that it serves, and no more than for 32 of them; the same in every region. */
const NAT = { perNode: 0.0014, most: 0.044 };
const DAY = '2025-03-06';

/**
 * List prices of Google Cloud without any discount: not that of sustained use (n2), of commitments, or of the free tier
 * (74.40 USD a month and billing account for the control plane of one zonal or Autopilot cluster).
 */
export const GKE_PRICES: PriceTable = {
  currency: 'USD',
  source: 'https://cloud.google.com/compute/all-pricing, https://cloud.google.com/kubernetes-engine/pricing, https://cloud.google.com/nat/pricing and https://cloud.google.com/vpc/network-pricing; those of machines are derived from the prices of two sizes of each family',
  controlPlane: 0.1,
  publicAddress: 0.005,
  // "60-91 % off"; the price of the day lies somewhere between.
  spot: { low: 0.09, high: 0.4 },
  defaultDisk: 'pd-balanced',
  storageClasses: { 'standard-rwo': 'pd-balanced', 'premium-rwo': 'pd-ssd', 'standard': 'pd-standard' },
  ownLoadBalancer: ['gce', 'gce-internal'],
  regions: {
    'europe-west1': {
      asOf: DAY,
      machines: { e2: { vcpu: 0.02399337, gib: 0.00321609 }, n2: { vcpu: 0.034773, gib: 0.004661 }, n4: { vcpu: 0.03587164, gib: 0.004076272 } },
      disks: { 'pd-balanced': 0.1, 'pd-ssd': 0.17, 'pd-standard': 0.04 }, nat: NAT,
    },
    'europe-west3': {
      asOf: DAY,
      machines: { e2: { vcpu: 0.0281037, gib: 0.00376602 }, n2: { vcpu: 0.04073, gib: 0.005458 }, n4: { vcpu: 0.03844204, gib: 0.00436836 } },
      disks: { 'pd-balanced': 0.12, 'pd-ssd': 0.204, 'pd-standard': 0.048 }, nat: NAT,
    },
    'europe-west4': {
      asOf: DAY,
      machines: { e2: { vcpu: 0.02401338, gib: 0.00321816 }, n2: { vcpu: 0.034802, gib: 0.004664 }, n4: { vcpu: 0.0342069, gib: 0.0038871 } },
      disks: { 'pd-balanced': 0.11, 'pd-ssd': 0.187, 'pd-standard': 0.044 }, nat: NAT,
    },
    'europe-west6': {
      asOf: DAY,
      machines: { e2: { vcpu: 0.03051939, gib: 0.00409032 }, n2: { vcpu: 0.044221, gib: 0.005927 } },
      disks: { 'pd-balanced': 0.13, 'pd-ssd': 0.221, 'pd-standard': 0.052 }, nat: NAT,
    },
    'us-central1': {
      asOf: DAY,
      machines: { e2: { vcpu: 0.02181159, gib: 0.00292353 }, n2: { vcpu: 0.031611, gib: 0.004237 }, n4: { vcpu: 0.032578, gib: 0.003702 } },
      disks: { 'pd-balanced': 0.1, 'pd-ssd': 0.17, 'pd-standard': 0.04 }, nat: NAT, loadBalancer: 0.025, pods: { vcpu: 0.0445, gib: 0.0049225 },
    },
    'us-east1': {
      asOf: DAY,
      machines: { e2: { vcpu: 0.02181159, gib: 0.00292353 }, n2: { vcpu: 0.031611, gib: 0.004237 }, n4: { vcpu: 0.032578, gib: 0.003702 } },
      disks: { 'pd-balanced': 0.1, 'pd-ssd': 0.17, 'pd-standard': 0.04 }, nat: NAT, loadBalancer: 0.025,
    },
  },
};
