import type { FamilyPrice, PriceTable, RegionPrices } from './table';

/** Prices of the size `large` by family. */
const large = (prices: Readonly<Record<string, number>>): Record<string, FamilyPrice> => Object.fromEntries(Object.entries(prices).map(([family, price]) => [family, { large: price }]));

/** A GiB of io2 with the operations a second that the cluster's storage class has for each GiB. */
const io2 = (gib: number, operation: number): number => gib + 50 * operation;

/** Keeps what AWS publishes for its pages of prices. */
const KEPT = 'as kept in github.com/lamngockhuong/aws-price';

/** The regions of the United States have most prices in common. */
const AMERICA: RegionPrices = {
  machines: large({ c5: 0.085, c6a: 0.0765, c6g: 0.068, c6i: 0.085, c7a: 0.10264, c7g: 0.0725, c7i: 0.08925, c8g: 0.07976, m5: 0.096, m6a: 0.0864, m6g: 0.077, m6i: 0.096, m7a: 0.11592, m7g: 0.0816, m7i: 0.1008, m8g: 0.08976, r5: 0.126, r6g: 0.1008, r6i: 0.126, r7g: 0.1071, r7i: 0.1323, r8g: 0.11782, t3: 0.0832, t3a: 0.0752, t4g: 0.0672 }),
  disks: { gp3: 0.08, gp2: 0.1, io2: io2(0.125, 0.065) }, nat: 0.045, endpoint: 0.01, loadBalancer: 0.0225,
};

/**
 * List prices of AWS, Linux, on demand, without any discount (Savings Plans, reservations). Of machines in Zurich whose
 * price of `large` is rounded to a thousandth, an eighth of `4xlarge`.
 */
export const EKS_PRICES: PriceTable = {
  currency: 'USD',
  sources: {
    'control plane': { asOf: '2025-10-28', from: `https://aws.amazon.com/eks/pricing, ${KEPT}` },
    'machines': { asOf: '2025-11-04', from: `https://aws.amazon.com/ec2/pricing/on-demand, ${KEPT}; the same on 2025-04-04 in github.com/yeo/ec2.shop, and in us-east-1 on 2026-07-20 in github.com/aws/karpenter-provider-aws` },
    'spot': { from: 'https://aws.amazon.com/ec2/spot: "up to 90 % off"; it names no least: 40 % is what machines of the family r5a had in these regions in github.com/skypilot-org/skypilot-catalog' },
    'managed nodes': { asOf: '2025-10-28', from: `https://aws.amazon.com/eks/pricing, ${KEPT}: 12 % for every type of these families` },
    'disks': { asOf: '2024-07-18', from: 'https://aws.amazon.com/ebs/pricing, as kept in github.com/yeo/ec2.shop' },
    'NAT': { asOf: '2025-10-28', from: `https://aws.amazon.com/vpc/pricing, ${KEPT}; the same in eu-west-1 on 2026-09-25 in the price list of AmazonEC2` },
    'addresses': { asOf: '2025-11-04', from: `https://aws.amazon.com/vpc/pricing, ${KEPT}` },
    'load balancers': { from: 'https://aws.amazon.com/elasticloadbalancing/pricing, as bills and the price list of AWSELB have it; in eu-west-2 on 2026-09-11' },
    'endpoints': { asOf: '2025-11-04', from: `https://aws.amazon.com/privatelink/pricing, ${KEPT}` },
    'keys': { asOf: '2025-08-28', from: `https://aws.amazon.com/kms/pricing, ${KEPT}: a key, and as much again for its first and its second rotation` },
    'DNS zones': { asOf: '2025-08-28', from: `https://aws.amazon.com/route53/pricing, ${KEPT}` },
  },
  controlPlane: 0.1,
  publicAddress: 0.005,
  keyVersion: { monthly: 1, most: 3 },
  dnsZone: 0.5,
  spot: { low: 0.1, high: 0.6 },
  managedNodes: 0.12,
  defaultDisk: 'gp3',
  storageClasses: { gp3: 'gp3', gp2: 'gp2', io2: 'io2' },
  // On Auto Mode all Ingresses of the cluster's class are one group, and have one load balancer.
  ownLoadBalancer: [],
  balancerAddresses: true,
  regions: {
    'eu-central-1': {
      machines: large({ c5: 0.097, c6a: 0.0873, c6g: 0.0776, c6i: 0.097, c7a: 0.11713, c7g: 0.0825, c7i: 0.10185, c8g: 0.0907, m5: 0.115, m6a: 0.1035, m6g: 0.092, m6i: 0.115, m7a: 0.13886, m7g: 0.0978, m7i: 0.12075, m8g: 0.10754, r5: 0.152, r6g: 0.1216, r6i: 0.152, r7g: 0.1292, r7i: 0.1596, r8g: 0.14212, t3: 0.096, t3a: 0.0864, t4g: 0.0768 }),
      disks: { gp3: 0.0952, gp2: 0.119, io2: io2(0.149, 0.078) }, nat: 0.052, endpoint: 0.012, loadBalancer: 0.027,
    },
    'eu-central-2': {
      machines: large({ c5: 0.10675, c6g: 0.0854, c7g: 0.0907, c7i: 0.11204, m5: 0.1265, m6g: 0.1012, m6i: 0.1265, m7g: 0.1075, r5: 0.16725, r6g: 0.1338, r6i: 0.1672, r7g: 0.1421, t3: 0.1056, t4g: 0.0845 }),
      disks: { gp3: 0.1142, gp2: 0.143 }, nat: 0.0572, endpoint: 0.0132,
    },
    'eu-north-1': {
      machines: large({ c5: 0.091, c6g: 0.073, c6i: 0.091, c7a: 0.10988, c7g: 0.0774, c7i: 0.09555, c8g: 0.0851, m5: 0.102, m6g: 0.082, m6i: 0.102, m7a: 0.12316, m7g: 0.0867, m7i: 0.1071, m8g: 0.09538, r5: 0.134, r6g: 0.107, r6i: 0.134, r7g: 0.1139, r7i: 0.1407, r8g: 0.12529, t3: 0.0864, t4g: 0.0688 }),
      disks: { gp3: 0.0836, gp2: 0.1045, io2: io2(0.1311, 0.0684) }, nat: 0.046, endpoint: 0.0105, loadBalancer: 0.02394,
    },
    'eu-west-1': {
      machines: large({ c5: 0.096, c6a: 0.08208, c6g: 0.073, c6i: 0.0912, c7a: 0.11012, c7g: 0.0775, c7i: 0.09576, c8g: 0.08528, m5: 0.107, m6a: 0.0963, m6g: 0.086, m6i: 0.107, m7a: 0.1292, m7g: 0.091, m7i: 0.11235, m8g: 0.10004, r5: 0.141, r6g: 0.1128, r6i: 0.141, r7g: 0.1199, r7i: 0.14805, r8g: 0.13184, t3: 0.0912, t3a: 0.0816, t4g: 0.0736 }),
      disks: { gp3: 0.088, gp2: 0.11, io2: io2(0.138, 0.072) }, nat: 0.048, endpoint: 0.011, loadBalancer: 0.0252,
    },
    'eu-west-2': {
      machines: large({ c5: 0.101, c6a: 0.0909, c6g: 0.0808, c6i: 0.101, c7a: 0.12196, c7g: 0.0859, c7i: 0.10605, c8g: 0.09444, m5: 0.111, m6a: 0.0999, m6g: 0.0888, m6i: 0.111, m7g: 0.0944, m7i: 0.11655, m8g: 0.1038, r5: 0.148, r6g: 0.1184, r6i: 0.148, r7g: 0.1258, r7i: 0.1554, r8g: 0.13838, t3: 0.0944, t3a: 0.085, t4g: 0.0752 }),
      disks: { gp3: 0.0928, gp2: 0.116, io2: io2(0.145, 0.076) }, nat: 0.05, endpoint: 0.011, loadBalancer: 0.02646,
    },
    'eu-west-3': {
      machines: large({ c5: 0.101, c6g: 0.081, c6i: 0.101, c7g: 0.0859, c7i: 0.10605, m5: 0.112, m6a: 0.1008, m6g: 0.09, m6i: 0.112, m7g: 0.0952, m7i: 0.1176, m8g: 0.10472, r5: 0.148, r6g: 0.118, r6i: 0.148, r7g: 0.1258, r7i: 0.1554, t3: 0.0944, t3a: 0.085, t4g: 0.0752 }),
      disks: { gp3: 0.0928, gp2: 0.116 }, nat: 0.05, endpoint: 0.011,
    },
    'us-east-1': AMERICA,
    'us-east-2': { ...AMERICA, machines: { ...AMERICA.machines, ...large({ c7g: 0.0723, c8g: 0.07948 }) } },
    'us-west-2': AMERICA,
  },
};
