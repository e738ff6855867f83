import type { JsonObject } from '../../../lib/core/json';
import { GkeCluster, type GkeClusterArgs } from '../../../lib/pulumi/gke';
import { runProgram, type ProgramRun, type RunOptions } from '../../../lib/pulumi/testing';

// A cluster is half a hundred resources, and some tests make several.
jest.setTimeout(60_000);

/** Number of every project. */
export const NUMBER = '123456789012';

/** What Google's providers add to the inputs of a resource. */
function state({ type, name, inputs }: { readonly type: string; readonly name: string; readonly inputs: JsonObject }): JsonObject {
  switch (type) {
    case 'gcp:serviceaccount/account:Account':
      return { ...inputs, email: `${String(inputs.accountId)}@${String(inputs.project)}.iam.gserviceaccount.com` };
    case 'gcp:container/cluster:Cluster':
      return { ...inputs, endpoint: '10.0.48.2', masterAuth: { clusterCaCertificate: 'Q0E=' }, controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: 'gke-0123abcd-123456789012.europe-west6.gke.goog' } } };
    case 'gcp:certificatemanager/dnsAuthorization:DnsAuthorization':
      return { ...inputs, dnsResourceRecords: [{ name: `_acme-challenge.${String(inputs.domain)}.`, type: 'CNAME', data: `${name}.authorize.certificatemanager.goog.` }] };
    case 'gcp:compute/globalAddress:GlobalAddress':
      return { ...inputs, name: `${name}-0a1b2c3`, address: '203.0.113.7' };
    case 'gcp:dns/managedZone:ManagedZone':
      return { ...inputs, name: `${name}-0a1b2c3`, nameServers: ['ns1.example.net.', 'ns2.example.net.'] };
    default:
      // Names that are left out are made from the logical one.
      return { name: `${name}-0a1b2c3`, ...inputs };
  }
}

/** How the programs of these tests run: with what Google's providers would answer. */
export const GOOGLE: RunOptions = { state, stackTraces: false, answer: ({ token, inputs }) => (token === 'gcp:organizations/getProject:getProject' ? { number: NUMBER, projectId: inputs.projectId } : undefined) };

/** Makes a cluster, and what is done with it. */
export function make<T>(args: GkeClusterArgs, use: (cluster: GkeCluster) => T, options: RunOptions = {}): Promise<ProgramRun<T>> {
  return runProgram(() => use(new GkeCluster('shop', args)), { ...GOOGLE, ...options });
}

/** All inputs by logical name. */
export const inputsOf = ({ resources }: Pick<ProgramRun<unknown>, 'resources'>): Record<string, JsonObject> => Object.fromEntries(resources.map(({ name, inputs }) => [name, inputs]));

/** The lines of the error that refuses the args. */
export async function refusal(args: unknown, name = 'shop'): Promise<string[]> {
  const { resources, result } = await runProgram(() => {
    try {
      return new GkeCluster(name, args as GkeClusterArgs) && ['made'];
    } catch (error) {
      return (error as Error).message.split('\n');
    }
  }, GOOGLE);
  if (result[0] !== 'made' && resources.length > 0) throw new Error(`made before it refused: ${resources.map((resource) => resource.name).join(', ')}`);
  return result.map((line) => line.replace(`GkeCluster "${name}": `, ''));
}
