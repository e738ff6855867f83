/** What the clouds' providers would add to the inputs of a resource, as far as the components read it. */
import type { JsonObject } from '../../lib/core/json';

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: JsonObject;
}

/** What Google's would add. */
export function googleState({ type, name, inputs }: Registered): JsonObject {
  const made = { name: `${name}-0a1b2c3`, ...inputs };
  switch (type.split(':').at(-1)) {
    case 'Account':
      return { ...made, email: `${String(inputs.accountId)}@${String(inputs.project)}.iam.gserviceaccount.com` };
    case 'Cluster':
      return { ...made, endpoint: '10.0.48.2', masterAuth: { clusterCaCertificate: 'Q0E=' }, controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: 'gke-0123abcd.europe-west6.gke.goog' } } };
    case 'DnsAuthorization':
      return { ...made, dnsResourceRecords: [{ name: '_proof.', type: 'CNAME', data: 'proof.' }] };
    case 'GlobalAddress':
      return { ...made, address: '203.0.113.7' };
    case 'ManagedZone':
      return { ...made, nameServers: ['ns1.example.net.'] };
    default:
      return made;
  }
}

/** What that of AWS would add. */
export function awsState({ type, name, inputs }: Registered): JsonObject {
  const [, service = '', kind = ''] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const made = { name: `${name}-0a1b2c3`, ...inputs, arn: `arn:aws:${service}:eu-central-2:123456789012:${kind}/${name}` };
  switch (type.split(':').at(-1)) {
    case 'Role':
      return { ...made, arn: `arn:aws:iam::123456789012:role/${name}` };
    case 'Cluster':
      return { ...made, endpoint: 'https://0123ABCD.gr7.eu-central-2.eks.amazonaws.com', certificateAuthority: { data: 'Q0E=' }, vpcConfig: { ...(inputs.vpcConfig as JsonObject), clusterSecurityGroupId: 'sg-cluster' } };
    case 'LaunchTemplate':
      return { ...made, latestVersion: 3 };
    case 'Eip':
      return { ...made, allocationId: `eipalloc-${name}` };
    case 'Zone':
      return { ...made, zoneId: 'Z0123456789', nameServers: ['ns-1.awsdns-01.org'] };
    case 'Certificate':
      return { ...made, domainValidationOptions: [{ domainName: inputs.domainName, resourceRecordName: '_proof.', resourceRecordType: 'CNAME', resourceRecordValue: 'proof.' }] };
    default:
      return made;
  }
}

/** What AWS would answer: who is signed in, an administrator; and the version of an add-on. */
export const awsAnswer = ({ token, inputs }: { readonly token: string; readonly inputs: JsonObject }): JsonObject | undefined =>
  (token === 'aws:eks/getAddonVersion:getAddonVersion' ? { ...inputs, version: 'v1.0.0-eksbuild.1' } : { arn: 'arn:aws:iam::123456789012:role/platform' });
