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
