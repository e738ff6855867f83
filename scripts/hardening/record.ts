import { EksCluster, type EksClusterArgs } from '../../lib/pulumi/eks';
import { GkeCluster, type GkeClusterArgs } from '../../lib/pulumi/gke';
import { runProgram, type RegisteredResource } from '../../lib/pulumi/testing';
import type { Exception } from '../../lib/pulumi/cluster';
import { EKS_CLAIMS, EKS_SKIPS } from './eks';
import { GKE_CLAIMS, GKE_SKIPS } from './gke';
import { awsAnswer, awsState, googleState } from './clouds';
import type { Claim, Skip } from './claim';

/** A cloud in the report. */
export interface Benchmark {
  /** Heading. */
  readonly title: string;
  /** Which benchmark the ids are of. */
  readonly about: string;
  /** Names of the shapes, by their key in the claims. */
  readonly shapes: Readonly<Record<string, string>>;
  readonly claims: readonly Claim[];
  readonly skips: readonly Skip[];
  /** What a production cluster of that shape registers, without or with an exception. */
  readonly record: (shape: string, exception?: Exception) => Promise<readonly RegisteredResource[]>;
  /** Exceptions that the cloud has, and the shapes that can have them. */
  readonly exceptions: Readonly<Partial<Record<Exception, readonly string[]>>>;
}

const WHY = 'to see what it opens';
const PRODUCTION = { project: 'acme-shop', projectNumber: '123456789012', region: 'europe-west6', labels: { 'cost-center': 'retail' }, hosts: { domain: 'shop.example.com' } };
const GKE_SHAPES: Readonly<Record<string, Partial<GkeClusterArgs>>> = { standard: { nodePools: { workers: { machineType: 'e2-standard-4', nodes: { min: 3, max: 9 } } } }, autopilot: { autopilot: true } };

/** What takes hold of each exception, with the settings that need it. */
const GKE_EXCEPTIONS: Readonly<Partial<Record<Exception, Partial<GkeClusterArgs>>>> = {
  'single-zone': { zones: ['europe-west6-a'] },
  'public-control-plane': { controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } } },
  'provider-keys': { encryption: { keys: 'provider' } },
  'unprotected': { deletionProtection: false },
  'public-nodes': { privateNodes: false },
  'unsigned-images': { binaryAuthorization: false },
  'no-backup': { backup: false },
  'no-flow-logs': { flowLogs: 0 },
};

async function recordGke(shape: string, exception?: Exception): Promise<readonly RegisteredResource[]> {
  const settings = exception === undefined ? {} : { ...GKE_EXCEPTIONS[exception], exceptions: { [exception]: WHY } };
  const { resources } = await runProgram(() => void new GkeCluster('shop', { ...PRODUCTION, ...GKE_SHAPES[shape], ...settings }), { state: googleState });
  return resources;
}

const ON_AWS = { account: '123456789012', region: 'eu-central-2', admins: { platform: 'arn:aws:iam::123456789012:role/platform' }, labels: PRODUCTION.labels, hosts: PRODUCTION.hosts };
const EKS_SHAPES: Readonly<Record<string, Partial<EksClusterArgs>>> = { auto: {}, managed: { autoMode: false, nodePools: { workers: { machineType: 'm6i.xlarge', nodes: { min: 3, max: 9 } } } } };

const EKS_EXCEPTIONS: Readonly<Partial<Record<Exception, Partial<EksClusterArgs>>>> = {
  'public-control-plane': { controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } } },
  'single-nat': { egress: { nat: 'single' } },
  'provider-keys': { encryption: { keys: 'provider' } },
  'unprotected': { deletionProtection: false },
  'no-backup': { backup: false },
  'no-flow-logs': { flowLogs: 'none' },
};

async function recordEks(shape: string, exception?: Exception): Promise<readonly RegisteredResource[]> {
  const settings = exception === undefined ? {} : { ...EKS_EXCEPTIONS[exception], exceptions: { [exception]: WHY } };
  const { resources } = await runProgram(() => void new EksCluster('shop', { ...ON_AWS, ...EKS_SHAPES[shape], ...settings }), { state: awsState, answer: awsAnswer });
  return resources;
}

/** All that the report is about. */
export const BENCHMARKS: readonly Benchmark[] = [
  {
    title: 'GKE',
    about: 'CIS Google Kubernetes Engine Benchmark 1.8.0 (`CIS`) and checkov (`CKV`)',
    shapes: { standard: 'Standard', autopilot: 'Autopilot' },
    claims: GKE_CLAIMS,
    skips: GKE_SKIPS,
    record: recordGke,
    exceptions: Object.fromEntries(Object.keys(GKE_EXCEPTIONS).map((name) => [name, name === 'single-zone' ? ['standard'] : Object.keys(GKE_SHAPES)])),
  },
  {
    title: 'EKS',
    about: 'CIS Amazon EKS Benchmark 1.8.0 (`CIS`) and checkov (`CKV`)',
    shapes: { auto: 'Auto Mode', managed: 'managed node groups' },
    claims: EKS_CLAIMS,
    skips: EKS_SKIPS,
    record: recordEks,
    exceptions: Object.fromEntries(Object.keys(EKS_EXCEPTIONS).map((name) => [name, Object.keys(EKS_SHAPES)])),
  },
];
