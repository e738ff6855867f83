import type { JsonObject } from '../../../lib/core/json';
import { EksCluster, type EksClusterArgs } from '../../../lib/pulumi/eks';
import { runProgram, type ProgramRun, type RunOptions } from '../../../lib/pulumi/testing';

/** The account and region of all tests. */
export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-2';
/** The role of the platform's team. */
export const PLATFORM = `arn:aws:iam::${ACCOUNT}:role/platform`;

/** The ARN that the tests' provider gives a role, and all else. */
export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const keyArn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/shop-key`;

/** What the provider adds to the inputs of a resource. */
function state({ type, name, inputs }: { readonly type: string; readonly name: string; readonly inputs: JsonObject }): JsonObject {
  const [, service = '', kind = ''] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const arn = `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}/${name}`;
  switch (type) {
    case 'aws:iam/role:Role':
      return { name: `${name}-0a1b2c3`, ...inputs, arn: roleArn(name) };
    case 'aws:kms/key:Key':
      return { ...inputs, arn: keyArn, keyId: 'shop-key' };
    case 'aws:eks/cluster:Cluster':
      return { ...inputs, arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${String(inputs.name)}`, endpoint: 'https://0123ABCD.gr7.eu-central-2.eks.amazonaws.com', certificateAuthority: { data: 'Q0E=' }, vpcConfig: { ...(inputs.vpcConfig as JsonObject), clusterSecurityGroupId: 'sg-cluster' } };
    case 'aws:eks/nodeGroup:NodeGroup':
      return { nodeGroupName: `${name}-0a1b2c3`, ...inputs };
    case 'aws:ec2/launchTemplate:LaunchTemplate':
      return { ...inputs, latestVersion: 3 };
    case 'aws:ec2/eip:Eip':
      return { ...inputs, allocationId: `eipalloc-${name}` };
    case 'aws:route53/zone:Zone':
      return { ...inputs, zoneId: 'Z0123456789', nameServers: ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'] };
    case 'aws:acm/certificate:Certificate':
      return { ...inputs, arn, domainValidationOptions: [inputs.domainName, ...(inputs.subjectAlternativeNames as string[])].map(proofOf) };
    default:
      // Names that are left out are made from the logical one.
      return { name: `${name}-0a1b2c3`, ...inputs, arn };
  }
}

/** Who is signed in, somebody of the platform's team; and the version that AWS takes for an add-on. */
function answer({ token, inputs }: { readonly token: string; readonly inputs: JsonObject }): JsonObject | undefined {
  switch (token) {
    case 'aws:index/getCallerIdentity:getCallerIdentity': return { accountId: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/platform/alice`, userId: 'AROAEXAMPLE:alice' };
    case 'aws:eks/getAddonVersion:getAddonVersion': return { ...inputs, version: `v${String(inputs.kubernetesVersion)}.2-eksbuild.1` };
    default: return undefined;
  }
}

/** A host and its wildcard are proven alike. */
function proofOf(host: unknown) {
  const base = String(host).replace('*.', '');
  return { domainName: host, resourceRecordName: `_proof.${base}.`, resourceRecordType: 'CNAME', resourceRecordValue: `_${base}.acm-validations.aws.` };
}

/** How the programs of these tests run: with what AWS' provider would answer. */
const AWS: RunOptions = { state, answer, stackTraces: false };

/** Makes a cluster, and what is done with it. */
export const make = <T>(args: EksClusterArgs, use: (cluster: EksCluster) => T, options: RunOptions = {}): Promise<ProgramRun<T>> => runProgram(() => use(new EksCluster('shop', args)), { ...AWS, ...options });

/** JSON texts as what they say: policies and configurations are easier to read so. */
function parsed(value: unknown): unknown {
  if (typeof value === 'string') return /^(\{"|\[[{"])/.test(value) ? (JSON.parse(value) as unknown) : value;
  if (Array.isArray(value)) return value.map(parsed);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, parsed(inner)])) : value;
}

/** All inputs, texts of JSON parsed: by logical name, and by `name (kind)` where several resources have that name. */
export function inputsOf({ resources }: Pick<ProgramRun<unknown>, 'resources'>): Record<string, JsonObject> {
  const custom = resources.filter(({ custom }) => custom);
  const counts = new Map<string, number>();
  for (const { name } of custom) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(custom.map(({ name, type, inputs }) => [counts.get(name) === 1 ? name : `${name} (${type.split(':').at(-1)})`, parsed(inputs) as JsonObject]));
}

/** The lines of the error that refuses the args. */
export async function refusal(args: unknown, name = 'shop'): Promise<string[]> {
  const { resources, result } = await runProgram(() => {
    try {
      return new EksCluster(name, args as EksClusterArgs) && ['made'];
    } catch (error) {
      return (error as Error).message.split('\n');
    }
  }, AWS);
  if (result[0] !== 'made' && resources.length > 0) throw new Error(`made before it refused: ${resources.map((resource) => resource.name).join(', ')}`);
  return result.map((line) => line.replace(`EksCluster "${name}": `, ''));
}
