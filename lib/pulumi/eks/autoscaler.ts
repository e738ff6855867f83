import type { Cluster } from '@pulumi/aws/eks';
import type * as pulumi from '@pulumi/pulumi';
import type { WorkloadIdentity } from '../cluster/identity';
import type { Scope } from './scope';
import { bindWorkload } from './workload-role';

const READ = [
  'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeLaunchConfigurations', 'autoscaling:DescribeScalingActivities', 'autoscaling:DescribeTags',
  'ec2:DescribeImages', 'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplateVersions', 'ec2:GetInstanceTypesFromInstanceRequirements', 'eks:DescribeNodegroup',
];

/** Lets Cluster Autoscaler read all groups of machines, and scale those of this cluster, which EKS tags with its name. */
export function makeAutoscalerIdentity(scope: Scope, cluster: Cluster): pulumi.Resource[] {
  const { name, settings: { autoscalerIdentity } } = scope;
  if (!autoscalerIdentity) return [];
  const ours = { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: 'owned' } };
  const identity: WorkloadIdentity = {
    namespace: 'kube-system',
    serviceAccount: 'cluster-autoscaler',
    rights: { aws: { statements: [
      { actions: READ, resources: ['*'] },
      { actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'], resources: ['*'], conditions: ours },
    ] } },
  };
  return bindWorkload(scope, cluster, identity);
}
