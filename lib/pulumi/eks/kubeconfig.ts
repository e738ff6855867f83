import type { Cluster } from '@pulumi/aws/eks';
import * as pulumi from '@pulumi/pulumi';
import { kubeconfigWith } from '../cluster/kubeconfig';
import type { Eks } from './schema';

type Place = Pick<Eks, 'region' | 'deployRole'>;

/** The text of a kubeconfig, secret. It holds no token: `aws` gets one for who is signed in, or for the role of deployments. */
export function makeKubeconfig(cluster: Cluster, { region, deployRole }: Place): pulumi.Output<string> {
  const { name, endpoint, certificateAuthority } = cluster;
  const args = ['--region', region, 'eks', 'get-token', '--cluster-name', name, '--output', 'json', ...(deployRole === undefined ? [] : ['--role-arn', deployRole])];
  return pulumi.secret(pulumi.jsonStringify(kubeconfigWith({
    name,
    cluster: { 'server': endpoint, 'certificate-authority-data': certificateAuthority.data },
    exec: { command: 'aws', args, interactiveMode: 'Never', installHint: 'Install the AWS CLI, version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html' },
  })));
}

/** The command by which a person gets access. */
export function connectCommand({ name }: Cluster, { region }: Place): pulumi.Output<string> {
  return pulumi.interpolate`aws eks update-kubeconfig --region ${region} --name ${name}`;
}
