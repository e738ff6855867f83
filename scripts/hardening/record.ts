import { EksCluster, type EksClusterArgs } from '../../lib/pulumi/eks';
import { GkeCluster, type GkeClusterArgs } from '../../lib/pulumi/gke';
import { runProgram, type RegisteredResource, type RunOptions } from '../../lib/pulumi/testing';
import type { Exception } from '../../lib/pulumi/cluster';
import { EKS_CLAIMS, EKS_SKIPS } from './eks';
import { GKE_CLAIMS, GKE_SKIPS } from './gke';
import { awsState, googleState } from './clouds';
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
  /** The settings of a production cluster of that shape, without or with an exception. */
  readonly settings: (shape: string, exception?: Exception) => GkeClusterArgs | EksClusterArgs;
  /** What that cluster registers. */
  readonly record: (shape: string, exception?: Exception) => Promise<readonly RegisteredResource[]>;
  /** Exceptions that the cloud has, and the shapes that can have them. */
  readonly exceptions: Readonly<Partial<Record<Exception, readonly string[]>>>;
}

/** Records each shape and exception once: the same settings register the same. */
function once(record: Benchmark['record']): Benchmark['record'] {
  const recorded = new Map<string, ReturnType<typeof record>>();
  return (shape, exception) => {
    const key = `${shape} ${exception ?? ''}`;
    const found = recorded.get(key) ?? record(shape, exception);
    recorded.set(key, found);
    return found;
  };
}

const WHY = 'to see what it opens';
const BOTH = { labels: { 'cost-center': 'retail' }, hosts: { domain: 'shop.example.com' } };
const ON_GOOGLE = { project: 'acme-shop', projectNumber: '123456789012', region: 'europe-west6', ...BOTH };
const ON_AWS = { account: '123456789012', region: 'eu-central-2', admins: { platform: 'arn:aws:iam::123456789012:role/platform' }, ...BOTH };

const GKE_SHAPES: Readonly<Record<string, GkeClusterArgs>> = {
  standard: { ...ON_GOOGLE, nodePools: { workers: { machineType: 'e2-standard-4', nodes: { min: 3, max: 9 } } } },
  autopilot: { ...ON_GOOGLE, autopilot: true },
};
const EKS_SHAPES: Readonly<Record<string, EksClusterArgs>> = {
  auto: ON_AWS,
  managed: { ...ON_AWS, autoMode: false, nodePools: { workers: { machineType: 'm6i.xlarge', nodes: { min: 3, max: 9 } } } },
};

const PUBLIC = { controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } } } as const;

/** Settings that production has only with an exception. */
export const GKE_EXCEPTIONS: Readonly<Partial<Record<Exception, Partial<GkeClusterArgs>>>> = {
  'single-zone': { zones: ['europe-west6-a'] },
  'public-control-plane': PUBLIC,
  'provider-keys': { encryption: { keys: 'provider' } },
  'unprotected': { deletionProtection: false },
  'public-nodes': { privateNodes: false },
  'unsigned-images': { binaryAuthorization: false },
  'no-backup': { backup: false },
};
/** See {@link GKE_EXCEPTIONS}. */
export const EKS_EXCEPTIONS: Readonly<Partial<Record<Exception, Partial<EksClusterArgs>>>> = {
  'public-control-plane': PUBLIC,
  'single-nat': { egress: { nat: 'single' } },
  'provider-keys': { encryption: { keys: 'provider' } },
  'unprotected': { deletionProtection: false },
  'no-backup': { backup: false },
};

const withException = <T extends object>(settings: T, exceptions: Readonly<Partial<Record<Exception, Partial<T>>>>, exception?: Exception): T => (exception === undefined ? settings : { ...settings, ...exceptions[exception], exceptions: { [exception]: WHY } });
const gkeSettings = (shape: string, exception?: Exception): GkeClusterArgs => withException(GKE_SHAPES[shape]!, GKE_EXCEPTIONS, exception);
const eksSettings = (shape: string, exception?: Exception): EksClusterArgs => withException(EKS_SHAPES[shape]!, EKS_EXCEPTIONS, exception);

/** What a program registers, without stack traces. */
async function recorded(program: () => unknown, options: RunOptions): Promise<readonly RegisteredResource[]> {
  return (await runProgram(() => void program(), { ...options, stackTraces: false })).resources;
}

/** All that the report is about. */
export const BENCHMARKS: readonly Benchmark[] = [
  {
    title: 'GKE',
    about: 'CIS Google Kubernetes Engine Benchmark 1.8.0 (`CIS`) and checkov (`CKV`)',
    shapes: { standard: 'Standard', autopilot: 'Autopilot' },
    claims: GKE_CLAIMS,
    skips: GKE_SKIPS,
    settings: gkeSettings,
    record: once((shape, exception) => recorded(() => new GkeCluster('shop', gkeSettings(shape, exception)), { state: googleState })),
    exceptions: Object.fromEntries(Object.keys(GKE_EXCEPTIONS).map((name) => [name, name === 'single-zone' ? ['standard'] : Object.keys(GKE_SHAPES)])),
  },
  {
    title: 'EKS',
    about: 'CIS Amazon EKS Benchmark 1.8.0 (`CIS`) and checkov (`CKV`)',
    shapes: { auto: 'Auto Mode', managed: 'managed node groups' },
    claims: EKS_CLAIMS,
    skips: EKS_SKIPS,
    settings: eksSettings,
    record: once((shape, exception) => recorded(() => new EksCluster('shop', eksSettings(shape, exception)), { state: awsState })),
    exceptions: Object.fromEntries(Object.keys(EKS_EXCEPTIONS).map((name) => [name, Object.keys(EKS_SHAPES)])),
  },
];
