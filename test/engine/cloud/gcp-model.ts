import { at, type Props } from '../kubernetes/values';
import type { CloudModel, CloudResource, StandInCluster } from './provider';

const PROJECT_NUMBER = '123456789012';

const text = (value: unknown): string => String(value);

/** What Google Cloud says of a new resource. */
const COMPUTED: Readonly<Record<string, (resource: CloudResource, cluster: StandInCluster) => Props & { readonly id: string }>> = {
  'gcp:compute/network:Network': ({ inputs: { project, name } }) => self(`projects/${text(project)}/global/networks/${text(name)}`),
  'gcp:compute/subnetwork:Subnetwork': ({ inputs: { project, region, name } }) => self(`projects/${text(project)}/regions/${text(region)}/subnetworks/${text(name)}`),
  'gcp:compute/globalAddress:GlobalAddress': ({ inputs: { project, name } }) => ({ ...self(`projects/${text(project)}/global/addresses/${text(name)}`), address: '203.0.113.10' }),
  'gcp:kms/keyRing:KeyRing': ({ inputs: { project, location, name } }) => ({ id: `projects/${text(project)}/locations/${text(location)}/keyRings/${text(name)}` }),
  'gcp:kms/cryptoKey:CryptoKey': ({ inputs: { keyRing, name } }) => ({ id: `${text(keyRing)}/cryptoKeys/${text(name)}` }),
  'gcp:serviceaccount/account:Account': ({ inputs: { project, accountId } }) => {
    const email = `${text(accountId)}@${text(project)}.iam.gserviceaccount.com`;
    return { id: `projects/${text(project)}/serviceAccounts/${email}`, email, member: `serviceAccount:${email}`, uniqueId: '100000000000000000001' };
  },
  'gcp:artifactregistry/repository:Repository': ({ inputs: { project, location, repositoryId } }) => ({ id: `projects/${text(project)}/locations/${text(location)}/repositories/${text(repositoryId)}`, name: repositoryId }),
  'gcp:container/cluster:Cluster': ({ inputs }, { address, certificate }) => ({
    ...self(`projects/${text(inputs.project)}/locations/${text(inputs.location)}/clusters/${text(inputs.name)}`),
    endpoint: address,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false }, clientCertificate: '', clientKey: '', clusterCaCertificate: certificate },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: at(inputs, 'controlPlaneEndpointsConfig', 'dnsEndpointConfig', 'allowExternalTraffic') === true, endpoint: address } },
  }),
  'gcp:container/nodePool:NodePool': ({ inputs: { project, location, cluster, name } }) => ({ id: `projects/${text(project)}/locations/${text(location)}/clusters/${text(cluster)}/nodePools/${text(name)}` }),
  'gcp:dns/managedZone:ManagedZone': ({ inputs: { project, name } }) => ({ id: `projects/${text(project)}/managedZones/${text(name)}`, nameServers: ['ns-cloud-a1.googledomains.com.', 'ns-cloud-a2.googledomains.com.'] }),
  'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': ({ inputs: { project, name, domain } }) => ({
    id: `projects/${text(project)}/locations/global/dnsAuthorizations/${text(name)}`,
    dnsResourceRecords: [{ name: `_acme-challenge.${text(domain)}.`, type: 'CNAME', data: 'proof.authorize.certificatemanager.goog.' }],
  }),
};

const self = (id: string) => ({ id, selfLink: `https://www.googleapis.com/compute/v1/${id}` });

const NAMED = [
  'compute/network:Network', 'compute/subnetwork:Subnetwork', 'compute/router:Router', 'compute/routerNat:RouterNat', 'compute/address:Address', 'compute/globalAddress:GlobalAddress',
  'kms/keyRing:KeyRing', 'kms/cryptoKey:CryptoKey', 'container/nodePool:NodePool', 'gkebackup/backupPlan:BackupPlan', 'dns/managedZone:ManagedZone',
  'certificatemanager/certificate:Certificate', 'certificatemanager/certificateMap:CertificateMap', 'certificatemanager/certificateMapEntry:CertificateMapEntry', 'certificatemanager/dnsAuthorization:DnsAuthorization',
];

/** Google Cloud, as far as a cluster of GKE asks it for anything. */
export const GCP: CloudModel = {
  version: '9.37.0',
  computed: (resource, cluster) => COMPUTED[resource.type]?.(resource, cluster) ?? {},
  named: Object.fromEntries(NAMED.map((type) => [`gcp:${type}`, 'name'])),
  replacing: {
    'gcp:compute/network:Network': ['name', 'project', 'autoCreateSubnetworks'],
    'gcp:compute/subnetwork:Subnetwork': ['name', 'project', 'region', 'network'],
    'gcp:container/cluster:Cluster': [
      'name', 'project', 'location', 'network', 'subnetwork', 'networkingMode', 'datapathProvider', 'defaultMaxPodsPerNode', 'enableAutopilot', 'initialNodeCount', 'nodeConfig',
      'ipAllocationPolicy', 'privateClusterConfig.masterIpv4CidrBlock', 'masterAuth.clientCertificateConfig',
    ],
    'gcp:container/nodePool:NodePool': ['name', 'project', 'location', 'cluster', 'initialNodeCount', 'maxPodsPerNode', 'nodeConfig.serviceAccount', 'nodeConfig.spot', 'nodeConfig.bootDiskKmsKey'],
    'gcp:kms/keyRing:KeyRing': ['name', 'project', 'location'],
    'gcp:kms/cryptoKey:CryptoKey': ['name', 'keyRing', 'purpose', 'destroyScheduledDuration'],
    'gcp:artifactregistry/repository:Repository': ['repositoryId', 'project', 'location', 'format', 'kmsKeyName'],
  },
  refusal: (type, state) => (type === 'gcp:container/cluster:Cluster' && state.deletionProtection !== false ? 'Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.' : undefined),
  invoke: (token, args) => {
    if (token === 'gcp:organizations/getProject:getProject') return { id: `projects/${text(args.projectId)}`, projectId: args.projectId, number: PROJECT_NUMBER };
    throw new Error(`the stand-in for gcp has no answer to ${token}`);
  },
};
