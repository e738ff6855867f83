import { resolve } from 'node:path';
import type { ClusterAccess } from '../../lib/pulumi';
import type { ExistingSettings } from '../cluster/settings';

/** How to reach the cluster of an environment, whoever asks. */
export function accessTo({ context, kubeconfig }: Pick<ExistingSettings, 'context' | 'kubeconfig'>, directory: string): ClusterAccess {
  return { context, ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(directory, kubeconfig) }) };
}
