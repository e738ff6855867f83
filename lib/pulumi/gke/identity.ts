import { DnsManagedZoneIamMember } from '@pulumi/gcp/dns';
import { IAMMember } from '@pulumi/gcp/projects';
import { SubscriptionIAMMember, TopicIAMMember } from '@pulumi/gcp/pubsub';
import { SecretIamMember } from '@pulumi/gcp/secretmanager';
import { BucketIAMMember } from '@pulumi/gcp/storage';
import * as pulumi from '@pulumi/pulumi';
import type { GcpRole } from '../../pod/cloud-rights';
import type { WorkloadIdentity } from '../cluster/identity';
import { workloadPool } from './cluster-args';
import type { Site } from './site';

interface Grant {
  readonly project: string;
  readonly role: string;
  readonly member: pulumi.Input<string>;
}

/** The resource that grants a role on a thing of that kind. */
const ON: Readonly<Record<string, (name: string, grant: Grant, resource: string, options: pulumi.CustomResourceOptions) => pulumi.Resource>> = {
  bucket: (name, { role, member }, bucket, options) => new BucketIAMMember(name, { role, member, bucket }, options),
  secret: (name, grant, secretId, options) => new SecretIamMember(name, { ...grant, secretId }, options),
  topic: (name, grant, topic, options) => new TopicIAMMember(name, { ...grant, topic }, options),
  subscription: (name, grant, subscription, options) => new SubscriptionIAMMember(name, { ...grant, subscription }, options),
  'dns-zone': (name, grant, managedZone, options) => new DnsManagedZoneIamMember(name, { ...grant, managedZone }, options),
};

/** Who a service account of the cluster is, towards IAM: no Google service account stands between, and there is no key. */
export const principal = (project: string, projectNumber: pulumi.Input<string>, namespace: string, serviceAccount: string): pulumi.Output<string> =>
  pulumi.interpolate`principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${workloadPool(project)}/subject/ns/${namespace}/sa/${serviceAccount}`;

/** Grants each role to exactly this service account of this namespace. */
export function grantRoles(site: Site, cluster: pulumi.Resource, { namespace, serviceAccount }: WorkloadIdentity, roles: readonly GcpRole[]): pulumi.Resource[] {
  const { name, projectNumber, settings: { project } } = site;
  const member = principal(project, projectNumber, namespace, serviceAccount);
  // The project has its pool of identities since its first cluster.
  const options = { parent: site.parent, dependsOn: [cluster] };
  return roles.map(({ role, on }) => {
    // Names may hold dashes, but no slashes.
    const logical = [`${name}-${namespace}`, serviceAccount, role.split('/').at(-1), ...(on === undefined ? [] : [on])].join('/');
    const [kind = '', resource = ''] = on?.split('/') ?? [];
    const grant: Grant = { project, role, member };
    return on === undefined ? new IAMMember(logical, grant, options) : ON[kind]!(logical, grant, resource, options);
  });
}
