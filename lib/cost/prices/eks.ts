import type { FamilyPrice, PriceTable } from './table';

/** Prices of the size `large` by family. */
const large = (prices: Readonly<Record<string, number>>): Record<string, FamilyPrice> => Object.fromEntries(Object.entries(prices).map(([family, price]) => [family, { large: price }]));

/** List prices of AWS, Linux, on demand, without any discount (Savings Plans, reservations). */
export const EKS_PRICES: PriceTable = {
  currency: 'USD',
  source: 'https://aws.amazon.com/ec2/pricing/on-demand, https://aws.amazon.com/eks/pricing, https://aws.amazon.com/ebs/pricing, https://aws.amazon.com/vpc/pricing and https://aws.amazon.com/elasticloadbalancing/pricing; eu-central-2: those of EC2 alone',
  controlPlane: 0.1,
  publicAddress: 0.005,
  // AWS says "up to 90 % off" and names no least; 40 % is what is usual where a type is short.
  spot: { low: 0.1, high: 0.6 },
  managedNodes: 0.12,
  defaultDisk: 'gp3',
  storageClasses: { gp3: 'gp3', gp2: 'gp2' },
  ownLoadBalancer: ['alb'],
  regions: {
    'us-east-1': {
      asOf: '2026-07-20',
      machines: large({ c5: 0.085, c6g: 0.068, c6i: 0.085, c7g: 0.0725, c7i: 0.08925, m5: 0.096, m6a: 0.0864, m6g: 0.077, m6i: 0.096, m7g: 0.0816, m7i: 0.1008, m8g: 0.08976, r5: 0.126, r6g: 0.1008, r6i: 0.126, r7g: 0.1071, r7i: 0.1323, t3: 0.0832, t4g: 0.0672 }),
      disks: { gp3: 0.08, gp2: 0.1 }, nat: 0.045, loadBalancer: 0.0225,
    },
    'eu-west-1': {
      asOf: '2023-08-06',
      machines: large({ c5: 0.096, c6i: 0.0912, c7g: 0.0775, m5: 0.107, m6a: 0.0963, m6g: 0.086, m6i: 0.107, m7g: 0.091, m7i: 0.11235, r5: 0.141, r6g: 0.1128, r6i: 0.141, r7g: 0.1198, t3: 0.0912, t4g: 0.0736 }),
      disks: { gp3: 0.088, gp2: 0.11 }, nat: 0.048, loadBalancer: 0.0252,
    },
    'eu-central-1': {
      asOf: '2023-08-06',
      machines: large({ c5: 0.097, c6g: 0.0776, c6i: 0.097, c7g: 0.0824, m5: 0.115, m6a: 0.1035, m6g: 0.092, m6i: 0.115, m7g: 0.0978, r5: 0.152, r6i: 0.152, r7g: 0.1292, t3: 0.096, t4g: 0.0768 }),
      disks: { gp3: 0.0952, gp2: 0.119 }, nat: 0.052, loadBalancer: 0.027,
    },
    'eu-central-2': {
      asOf: '2023-08-06',
      machines: large({ c5: 0.1067, c6g: 0.0854, m5: 0.1265, m6g: 0.1012, r5: 0.1672, t3: 0.1056, t4g: 0.0845 }),
      disks: {},
    },
  },
};
