import type { Cluster } from '@pulumi/gcp/container';
import * as pulumi from '@pulumi/pulumi';
import { kubeconfigWith } from '../cluster/kubeconfig';
import type { Gke } from './schema';

const PLUGIN = {
  command: 'gke-gcloud-auth-plugin',
  installHint: 'Install gke-gcloud-auth-plugin: https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin',
  interactiveMode: 'IfAvailable',
  provideClusterInfo: true,
} as const;

/**
 * A kubeconfig without a token: the plugin gets one, as whoever runs it. The DNS endpoint has a certificate that everyone
 * trusts; with the cluster's own authority it would be refused.
 */
export function kubeconfigOf(cluster: Cluster, name: string, { controlPlane: { access } }: Gke): pulumi.Output<string> {
  const target = access === 'dns'
    ? cluster.controlPlaneEndpointsConfig.apply(({ dnsEndpointConfig }) => ({ server: `https://${dnsEndpointConfig.endpoint}` }))
    : pulumi.all([cluster.endpoint, cluster.masterAuth]).apply(([endpoint, { clusterCaCertificate }]) => ({ server: `https://${endpoint}`, 'certificate-authority-data': clusterCaCertificate }));
  return pulumi.secret(target.apply((found) => JSON.stringify(kubeconfigWith({ name, cluster: found, exec: PLUGIN }))));
}

/** The command by which a person gets access. */
export function connectCommand(cluster: Cluster, { controlPlane: { access }, region, project }: Gke): pulumi.Output<string> {
  const endpoint = { dns: ' --dns-endpoint', private: ' --internal-ip', public: '' }[access];
  return pulumi.interpolate`gcloud container clusters get-credentials ${cluster.name} --location ${region} --project ${project}${endpoint}`;
}
