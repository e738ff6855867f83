import type { PriceTable, RegionPrices } from './table';

/** The same in every region: so much an hour for each node that it serves, and no more than for 32 of them. */
const NAT = { perNode: 0.0014, most: 0.044 };
/** Pods on Autopilot, of the general-purpose class. */
const PODS = { vcpu: 0.0445, gib: 0.0049225 };

/** Both have the same prices. */
const AMERICA: RegionPrices = {
  machines: { e2: { vcpu: 0.02181159, gib: 0.00292353 }, n2: { vcpu: 0.031611, gib: 0.004237 }, n4: { vcpu: 0.03119, gib: 0.00354 } },
  disks: { 'pd-balanced': 0.1, 'pd-ssd': 0.17, 'pd-standard': 0.04 }, nat: NAT, pods: PODS,
};

/**
 * List prices of Google Cloud without any discount: not that of sustained use (n2), of commitments, or of the free tier
 * (74.40 USD a month and billing account for the control plane of one zonal or Autopilot cluster). Machines are derived from
 * the prices of two sizes of each family.
 */
export const GKE_PRICES: PriceTable = {
  currency: 'USD',
  sources: {
    'control plane': { from: 'https://cloud.google.com/kubernetes-engine/pricing' },
    'machines': { asOf: '2026-08-03', from: 'https://cloud.google.com/compute/all-pricing, as kept in github.com/cloudpilot-ai/karpenter-provider-gcp' },
    'spot': { asOf: '2026-08-03', from: 'https://cloud.google.com/spot-vms/pricing: "up to 91 % off"; the dearest of these families and regions on that day, as kept in github.com/cloudpilot-ai/karpenter-provider-gcp' },
    'pods': { from: 'https://cloud.google.com/kubernetes-engine/pricing, as others quote it' },
    'disks': { asOf: '2026-08-20', from: 'https://cloud.google.com/compute/disks-image-pricing, as kept in github.com/Cyclenerd/google-cloud-pricing-cost-calculator' },
    'NAT': { from: 'https://cloud.google.com/nat/pricing' },
    'addresses': { from: 'https://cloud.google.com/nat/pricing' },
    'load balancers': { asOf: '2026-09-20', from: 'https://cloud.google.com/load-balancing/pricing, as kept in github.com/api-evangelist/google-cloud-load-balancing' },
    'keys': { asOf: '2025-03-17', from: 'https://cloud.google.com/kms/pricing' },
    'DNS zones': { asOf: '2026-09-20', from: 'https://cloud.google.com/dns/pricing, as kept in github.com/api-evangelist/google-cloud-dns' },
  },
  controlPlane: 0.1,
  publicAddress: 0.005,
  keyVersion: { monthly: 0.06 },
  dnsZone: 0.2,
  spot: { low: 0.09, high: 0.6 },
  defaultDisk: 'pd-balanced',
  storageClasses: { 'standard-rwo': 'pd-balanced', 'premium-rwo': 'pd-ssd', 'standard': 'pd-standard' },
  ownLoadBalancer: ['gce', 'gce-internal'],
  globalBalancers: { classes: ['gce'], firstFive: 0.025, further: 0.01 },
  balancerAddresses: false,
  regions: {
    'europe-north1': {
      machines: { e2: { vcpu: 0.02401614, gib: 0.00321816 }, n2: { vcpu: 0.034806, gib: 0.004664 }, n4: { vcpu: 0.03434331, gib: 0.003897894 } },
      disks: { 'pd-balanced': 0.11, 'pd-ssd': 0.187, 'pd-standard': 0.044 }, nat: NAT,
    },
    'europe-west1': {
      machines: { e2: { vcpu: 0.02399337, gib: 0.00321609 }, n2: { vcpu: 0.034773, gib: 0.004661 }, n4: { vcpu: 0.03434331, gib: 0.003897894 } },
      disks: { 'pd-balanced': 0.1, 'pd-ssd': 0.17, 'pd-standard': 0.04 }, nat: NAT,
    },
    'europe-west2': {
      machines: { e2: { vcpu: 0.0281037, gib: 0.00376602 }, n2: { vcpu: 0.04073, gib: 0.005458 }, n4: { vcpu: 0.0355566, gib: 0.0040356 } },
      disks: { 'pd-balanced': 0.12, 'pd-ssd': 0.204, 'pd-standard': 0.048 }, nat: NAT,
    },
    'europe-west3': {
      machines: { e2: { vcpu: 0.0281037, gib: 0.00376602 }, n2: { vcpu: 0.04073, gib: 0.005458 }, n4: { vcpu: 0.0368042, gib: 0.0041772 } },
      disks: { 'pd-balanced': 0.12, 'pd-ssd': 0.204, 'pd-standard': 0.048 }, nat: NAT,
    },
    'europe-west4': {
      machines: { e2: { vcpu: 0.02401338, gib: 0.00321816 }, n2: { vcpu: 0.034802, gib: 0.004664 }, n4: { vcpu: 0.0327495, gib: 0.003717 } },
      disks: { 'pd-balanced': 0.11, 'pd-ssd': 0.187, 'pd-standard': 0.044 }, nat: NAT,
    },
    'europe-west6': {
      machines: { e2: { vcpu: 0.02857225, gib: 0.00382977 }, n2: { vcpu: 0.041409, gib: 0.005551 }, n4: { vcpu: 0.0408589, gib: 0.0046374 } },
      disks: { 'pd-balanced': 0.13, 'pd-ssd': 0.221, 'pd-standard': 0.052 }, nat: NAT,
    },
    'us-central1': AMERICA,
    'us-east1': AMERICA,
    'us-east4': {
      machines: { e2: { vcpu: 0.02456745, gib: 0.00329199 }, n2: { vcpu: 0.035605, gib: 0.004771 }, n4: { vcpu: 0.03119, gib: 0.00354 } },
      disks: { 'pd-balanced': 0.11, 'pd-ssd': 0.187, 'pd-standard': 0.044 }, nat: NAT,
    },
  },
};
