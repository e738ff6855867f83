import type { input } from '@pulumi/gcp/types';
import type * as pulumi from '@pulumi/pulumi';

/** What every node has, however it is made. */
export interface NodeHardening {
  /** E-mail of the nodes' service account. */
  readonly serviceAccount: pulumi.Input<string>;
  /** The key of disks. */
  readonly diskKey: pulumi.Input<string> | undefined;
}

/** What IAM allows the service account counts, not the older scopes, which must not stand in its way. */
export const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

/** Only firmware and kernels that are signed boot. */
export const SHIELDED = { enableSecureBoot: true, enableIntegrityMonitoring: true };

/** Google's own system, which is read-only but for a few folders. */
export const IMAGE = 'COS_CONTAINERD';

/** The port on which the kubelet answers without asking who wants to know. */
export const CLOSED_KUBELET = { insecureKubeletReadonlyPortEnabled: 'FALSE' };

/** The configuration of a node, as far as it has to do with security. */
export function hardenedNode({ serviceAccount, diskKey }: NodeHardening) {
  return {
    serviceAccount,
    oauthScopes: SCOPES,
    imageType: IMAGE,
    ...(diskKey === undefined ? {} : { bootDiskKmsKey: diskKey }),
    shieldedInstanceConfig: SHIELDED,
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    kubeletConfig: CLOSED_KUBELET,
    metadata: { 'disable-legacy-endpoints': 'true' },
  } satisfies input.container.NodePoolNodeConfig;
}
