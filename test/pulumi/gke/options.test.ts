import type { GkeClusterArgs } from '../../../lib/pulumi/gke';
import { inputsOf, make, NUMBER } from './make';

const WORKERS = { machineType: 'e2-standard-4', nodes: { min: 3, max: 9 } };
const GOOD: GkeClusterArgs = { project: 'acme-shop', region: 'europe-west6', production: false, nodePools: { workers: WORKERS } };
const AUTOPILOT: GkeClusterArgs = { project: 'acme-shop', region: 'europe-west6', production: false, autopilot: true };

const inputs = async (args: Partial<GkeClusterArgs>, base = GOOD) => inputsOf(await make({ ...base, ...args }, () => undefined));
/** The inputs of the cluster. */
const cluster = async (args: Partial<GkeClusterArgs>, base = GOOD) => (await inputs(args, base)).shop!;
/** The inputs of a pool. */
const pool = async (settings: object, args: Partial<GkeClusterArgs> = {}) => (await inputs({ ...args, nodePools: { workers: { ...WORKERS, ...settings }, others: WORKERS } }))['shop-workers']!;

describe('outside of production', () => {
  it('nothing is protected, and nothing is backed up', async () => {
    const { resources } = await make(GOOD, () => undefined);
    expect(resources.filter(({ protect }) => protect)).toEqual([]);
    expect(resources.map(({ type }) => type)).not.toContain('gcp:gkebackup/backupPlan:BackupPlan');
    expect(resources.find(({ custom, name }) => custom && name === 'shop')!.inputs).toMatchObject({ deletionProtection: false, addonsConfig: { gkeBackupAgentConfig: { enabled: false } } });
  });

  it('it can be protected all the same', async () => {
    const { resources } = await make({ ...GOOD, deletionProtection: true }, () => undefined);
    expect(resources.filter(({ protect }) => protect).map(({ name }) => name)).toEqual(expect.arrayContaining(['shop', 'shop-network', 'shop-keys']));
  });
});

describe('the cluster', () => {
  const options: [string, Partial<GkeClusterArgs>, object][] = [
    ['extended support', { support: 'extended', version: '1.33' }, { releaseChannel: { channel: 'EXTENDED' }, minMasterVersion: '1.33' }],
    ['a channel and a version', { channel: 'stable', version: '1.35' }, { releaseChannel: { channel: 'STABLE' }, minMasterVersion: '1.35' }],
    ['zones', { zones: ['europe-west6-a', 'europe-west6-b'] }, { location: 'europe-west6', nodeLocations: ['europe-west6-a', 'europe-west6-b'] }],
    ['a private control plane', { controlPlane: { access: 'private', authorizedNetworks: { runner: '10.200.0.0/24', office: '192.168.0.0/24' } } }, {
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true, masterIpv4CidrBlock: expect.any(String) },
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: false }, ipEndpointsConfig: { enabled: true } },
      masterAuthorizedNetworksConfig: { cidrBlocks: [{ displayName: 'office', cidrBlock: '192.168.0.0/24' }, { displayName: 'runner', cidrBlock: '10.200.0.0/24' }], gcpPublicCidrsAccessEnabled: false },
    }],
    ['a public control plane', { controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } } }, {
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false, masterIpv4CidrBlock: expect.any(String) },
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: false }, ipEndpointsConfig: { enabled: true } },
      masterAuthorizedNetworksConfig: { cidrBlocks: [{ displayName: 'office', cidrBlock: '203.0.113.0/24' }], gcpPublicCidrsAccessEnabled: false },
    }],
    ['groups in RBAC', { securityGroup: 'gke-security-groups@example.com' }, { authenticatorGroupsConfig: { securityGroup: 'gke-security-groups@example.com' } }],
    ['no image policy', { binaryAuthorization: false }, { binaryAuthorization: { evaluationMode: 'DISABLED' } }],
    ["the provider's keys", { encryption: { keys: 'provider' } }, { databaseEncryption: { state: 'DECRYPTED' } }],
    ['some logs', { logs: ['system', 'workloads'] }, { loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] } }],
    ['some metrics', { metrics: ['system', 'kubelet', 'cadvisor', 'api-server'], managedPrometheus: true }, { monitoringConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'KUBELET', 'CADVISOR', 'APISERVER'], managedPrometheus: { enabled: true } } }],
    ['shared volumes', { sharedVolumes: true }, { addonsConfig: expect.objectContaining({ gcpFilestoreCsiDriverConfig: { enabled: true } }) }],
    ['no secrets of Secret Manager', { secretManager: false }, { secretManagerConfig: { enabled: false } }],
    ['fewer pods on a node', { addresses: { maxPodsPerNode: 32 } }, { defaultMaxPodsPerNode: 32 }],
    ['windows on weekends, and exclusions', {
      maintenance: { window: { days: ['sunday', 'saturday'], start: '22:30', hours: 6 }, exclusions: { sale: { from: '2026-11-20', until: '2026-12-02' }, 'audit-year': { from: '2026-03-01', until: '2026-08-01', scope: 'minor-and-nodes' } } },
    }, {
      maintenancePolicy: {
        recurringWindow: { startTime: '2025-01-11T22:30:00Z', endTime: '2025-01-12T04:30:00Z', recurrence: 'FREQ=WEEKLY;BYDAY=SA,SU' },
        maintenanceExclusions: [
          { exclusionName: 'audit-year', startTime: '2026-03-01T00:00:00Z', endTime: '2026-08-01T00:00:00Z', exclusionOptions: { scope: 'NO_MINOR_OR_NODE_UPGRADES' } },
          { exclusionName: 'sale', startTime: '2026-11-20T00:00:00Z', endTime: '2026-12-02T00:00:00Z', exclusionOptions: { scope: 'NO_UPGRADES' } },
        ],
      },
    }],
    ['nodes that it makes itself', { nodePools: {}, zones: ['europe-west6-a', 'europe-west6-c'], autoProvisioning: { cpu: { min: 4, max: 64 }, memory: { max: 256 }, optimizeUtilization: true } }, {
      clusterAutoscaling: {
        enabled: true,
        resourceLimits: [{ resourceType: 'cpu', minimum: 4, maximum: 64 }, { resourceType: 'memory', minimum: 0, maximum: 256 }],
        autoscalingProfile: 'OPTIMIZE_UTILIZATION',
        autoProvisioningLocations: ['europe-west6-a', 'europe-west6-c'],
        autoProvisioningDefaults: {
          serviceAccount: 'shop-nodes@acme-shop.iam.gserviceaccount.com', oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'], imageType: 'COS_CONTAINERD', diskType: 'pd-balanced', diskSize: 50, bootDiskKmsKey: 'shop-key-disks-id',
          management: { autoRepair: true, autoUpgrade: true }, shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true }, upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
        },
      },
    }],
  ];

  it.each(options)('has %s', async (_, args, expected) => expect(await cluster(args)).toMatchObject(expected));

  it('leaves out what an old version does not know', async () => {
    expect(await cluster({ support: 'extended', version: '1.31' })).not.toHaveProperty('anonymousAuthenticationConfig');
  });

  it('has the same options on Autopilot, where it takes them', async () => {
    expect(await cluster({ channel: 'rapid', sharedVolumes: true, encryption: { keys: 'provider' }, securityGroup: 'gke-security-groups@example.com' }, AUTOPILOT)).toMatchObject({
      releaseChannel: { channel: 'RAPID' }, databaseEncryption: { state: 'DECRYPTED' }, authenticatorGroupsConfig: { securityGroup: 'gke-security-groups@example.com' },
      clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: 'shop-nodes@acme-shop.iam.gserviceaccount.com', oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'] } },
    });
  });
});

describe('a pool of nodes', () => {
  it('has no name of its own, so that a new one comes before the old one goes', async () => {
    expect(await pool({})).not.toHaveProperty('name');
  });

  it('may be of spot machines, with taints and labels, in some zones', async () => {
    expect(await pool({ spot: true, zones: ['europe-west6-b'], labels: { tier: 'batch' }, taints: [{ key: 'batch', value: 'true', effect: 'NoSchedule' }, { key: 'slow', effect: 'PreferNoSchedule' }], nodes: { min: 0, max: 9 } })).toMatchObject({
      nodeLocations: ['europe-west6-b'], initialNodeCount: 0, autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 9, locationPolicy: 'ANY' },
      nodeConfig: { spot: true, labels: { 'fairlead.dev/pool': 'workers', tier: 'batch' }, taints: [{ key: 'batch', value: 'true', effect: 'NO_SCHEDULE' }, { key: 'slow', value: '', effect: 'PREFER_NO_SCHEDULE' }] },
    });
  });

  it('begins with its least nodes, spread over its zones', async () => {
    expect((await pool({ nodes: { min: 4, max: 9 } })).initialNodeCount).toBe(2);
    expect((await pool({ nodes: { min: 4, max: 9 } }, { zones: ['europe-west6-a', 'europe-west6-b'] })).initialNodeCount).toBe(2);
    expect((await pool({ nodes: { min: 4, max: 9 }, zones: ['europe-west6-a'] })).initialNodeCount).toBe(4);
  });

  it('has disks and numbers of pods as it says', async () => {
    expect(await pool({ disk: { size: 200, type: 'pd-ssd' }, maxPodsPerNode: 110 })).toMatchObject({ maxPodsPerNode: 110, nodeConfig: { diskSizeGb: 200, diskType: 'pd-ssd', bootDiskKmsKey: 'shop-key-disks-id' } });
    expect((await pool({}, { encryption: { keys: 'provider' } })).nodeConfig).not.toHaveProperty('bootDiskKmsKey');
  });

  it('is upgraded with more nodes, or with a second set', async () => {
    expect((await pool({ upgrade: { surge: 2, unavailable: 1 } })).upgradeSettings).toEqual({ strategy: 'SURGE', maxSurge: 2, maxUnavailable: 1 });
    expect((await pool({ upgrade: { strategy: 'blue-green', soak: '90m' } })).upgradeSettings).toEqual({ strategy: 'BLUE_GREEN', blueGreenSettings: { nodePoolSoakDuration: '5400s', standardRolloutPolicy: { batchPercentage: 0.25, batchSoakDuration: '60s' } } });
  });

  it('is protected where it holds state', async () => {
    const { resources } = await make({ ...GOOD, production: true, nodePools: { workers: WORKERS, data: { ...WORKERS, stateful: true } } }, () => undefined);
    expect(resources.filter(({ type }) => type === 'gcp:container/nodePool:NodePool').map(({ name, protect }) => [name, protect])).toEqual([['shop-workers', false], ['shop-data', true]]);
  });

  it('is marked where it holds state, in every environment, for the guard', async () => {
    const mark = async (one: object) => ((await pool(one)).nodeConfig as { resourceLabels: object }).resourceLabels;
    expect(await mark({ stateful: true })).toEqual({ ...(await mark({})), 'fairlead-stateful': 'true' });
  });

  it('has public addresses only where that is asked for, and then needs no NAT', async () => {
    const all = await inputs({ privateNodes: false });
    expect(all['shop-workers']).toMatchObject({ networkConfig: { enablePrivateNodes: false } });
    expect(all.shop).toMatchObject({ privateClusterConfig: { enablePrivateNodes: false } });
    expect(Object.keys(all)).not.toEqual(expect.arrayContaining(['shop-nat']));
    expect(Object.keys(all)).not.toEqual(expect.arrayContaining(['shop-router']));
  });
});

describe('what stands around it', () => {
  it('has ranges as they are given', async () => {
    const { result, resources } = await make({ ...GOOD, addresses: { nodes: '192.168.0.0/22', pods: '172.20.0.0/16', services: '192.168.16.0/24', controlPlane: '192.168.4.0/28', maxServices: 200 } }, ({ network }) => network);
    expect(result).toEqual({ nodes: ['192.168.0.0/22'], pods: ['172.20.0.0/16'], services: ['192.168.16.0/24'], controlPlane: ['192.168.4.0/28'] });
    expect(inputsOf({ resources })['shop-subnetwork']).toMatchObject({ ipCidrRange: '192.168.0.0/22', secondaryIpRanges: [{ rangeName: 'pods', ipCidrRange: '172.20.0.0/16' }, { rangeName: 'services', ipCidrRange: '192.168.16.0/24' }] });
  });

  it('logs connections as much as is asked for', async () => {
    expect((await inputs({ flowLogShare: 1 }))['shop-subnetwork']).toMatchObject({ logConfig: { flowSampling: 1 } });
    expect((await inputs({ flowLogs: false }))['shop-subnetwork']).not.toHaveProperty('logConfig');
    expect((await inputs({ egress: { logs: 'all' } }))['shop-nat']).toMatchObject({ logConfig: { enable: true, filter: 'ALL' } });
    expect((await inputs({ egress: { logs: 'none' } }))['shop-nat']).toMatchObject({ logConfig: { enable: false } });
  });

  it('leaves through addresses that stay', async () => {
    const all = await inputs({ egress: { staticAddresses: 2 } });
    expect(all['shop-nat']).toMatchObject({ natIpAllocateOption: 'MANUAL_ONLY', natIps: ['shop-egress-0-id', 'shop-egress-1-id'] });
    expect(all['shop-egress-1']).toMatchObject({ region: 'europe-west6', addressType: 'EXTERNAL' });
  });

  it('uses a key that is there already', async () => {
    const key = 'projects/acme-keys/locations/europe-west6/keyRings/shop/cryptoKeys/all';
    const all = await inputs({ encryption: { key } });
    expect(all.shop).toMatchObject({ databaseEncryption: { state: 'ENCRYPTED', keyName: key }, nodeConfig: { bootDiskKmsKey: key } });
    expect(all['shop-images']).toMatchObject({ kmsKeyName: key });
    expect(all['shop-key-disks-user']).toMatchObject({ cryptoKeyId: key });
    expect(Object.keys(all).filter((name) => /^shop-key(s|-[a-z]+)$/.test(name))).toEqual([]);
  });

  it('rotates its keys as often as is asked for, or has none', async () => {
    expect((await inputs({ encryption: { rotationDays: 30 } }))['shop-key-disks']).toMatchObject({ rotationPeriod: '2592000s' });
    const all = await inputs({ encryption: { keys: 'provider' }, backup: {} });
    expect(Object.keys(all).filter((name) => name.includes('key'))).toEqual([]);
    expect(all['shop-images']).not.toHaveProperty('kmsKeyName');
    expect(all['shop-backup']!.backupConfig).toEqual({ allNamespaces: true, includeSecrets: true, includeVolumeData: true });
  });

  it('is backed up as is asked for', async () => {
    expect((await inputs({ backup: { schedule: '0 */6 * * *', retainDays: 14, lockDays: 0, secrets: false, volumes: false } }))['shop-backup']).toMatchObject({
      backupConfig: { includeSecrets: false, includeVolumeData: false }, backupSchedule: { cronSchedule: '0 */6 * * *' }, retentionPolicy: { backupRetainDays: 14, backupDeleteLockDays: 0 },
    });
  });

  it('pulls from other registries, and makes none where there is no need', async () => {
    const run = await make({ ...GOOD, registry: { create: false, pullFrom: ['projects/acme-images/locations/europe/repositories/all'] } }, ({ registry }) => ({ registry }));
    const all = inputsOf(run);
    expect(all['shop-nodes-pull-acme-images-europe-all']).toEqual({ project: 'acme-images', location: 'europe', repository: 'all', role: 'roles/artifactregistry.reader', member: 'serviceAccount:shop-nodes@acme-shop.iam.gserviceaccount.com' });
    expect(Object.keys(all)).not.toEqual(expect.arrayContaining(['shop-images']));
    expect(Object.keys(all)).not.toEqual(expect.arrayContaining(['shop-key-images']));
    expect(run.result.registry).toBeUndefined();
  });

  it('keeps the rights to pull from one registry when another is left out', async () => {
    const pulls = async (...names: string[]) => Object.keys(inputsOf(await make({ ...GOOD, registry: { pullFrom: names.map((name) => `projects/acme-images/locations/europe/repositories/${name}`) } }, () => undefined))).filter((name) => name.startsWith('shop-nodes-pull-'));
    const [, second] = await pulls('base', 'tools');
    expect(await pulls('tools', 'tools')).toEqual([second]);
  });

  it("looks up the project's number only where nobody says it", async () => {
    const calls: string[] = [];
    const answer = ({ token }: { readonly token: string }) => {
      calls.push(token);
      return { number: '987654321098' };
    };
    const member = (run: Awaited<ReturnType<typeof make>>) => inputsOf(run)['shop-key-disks-user']!.member;
    expect(member(await make(GOOD, () => undefined, { answer }))).toContain('service-987654321098@');
    expect(calls).toEqual(['gcp:organizations/getProject:getProject']);
    expect(member(await make({ ...GOOD, projectNumber: NUMBER }, () => undefined, { answer }))).toContain(`service-${NUMBER}@`);
    expect(calls).toHaveLength(1);
  });

  it('turns on the APIs that it needs, and no others', async () => {
    const apis = async (args: Partial<GkeClusterArgs>) => Object.keys(await inputs(args)).filter((name) => name.startsWith('shop-api-')).map((name) => name.slice('shop-api-'.length)).sort();
    expect(await apis({ encryption: { keys: 'provider' }, registry: { create: false }, binaryAuthorization: false, secretManager: false })).toEqual(['cloudresourcemanager', 'compute', 'container', 'iam', 'logging', 'monitoring']);
    expect(await apis({ hosts: { domain: 'shop.example.com' }, sharedVolumes: true, backup: {} })).toEqual(['artifactregistry', 'binaryauthorization', 'certificatemanager', 'cloudkms', 'cloudresourcemanager', 'compute', 'container', 'dns', 'file', 'gkebackup', 'iam', 'logging', 'monitoring', 'secretmanager']);
  });

  it('has the same inputs whatever the order of the settings', async () => {
    const networks = { office: '203.0.113.0/24', branch: '198.51.100.0/24' };
    const one = await cluster({ controlPlane: { authorizedNetworks: networks }, maintenance: { window: { days: ['monday', 'tuesday', 'friday'] } } });
    const other = await cluster({ controlPlane: { authorizedNetworks: { branch: networks.branch, office: networks.office } }, maintenance: { window: { days: ['friday', 'monday', 'tuesday'] } } });
    expect(other).toEqual(one);
  });
});
