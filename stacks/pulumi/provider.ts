import { resolve } from 'node:path';
import type { ClusterAccess } from '../../lib/pulumi';
import type { ClusterSettings } from '../environment';

/** How to reach the cluster of an environment, whoever asks. */
export function accessTo({ context, kubeconfig }: ClusterSettings, directory: string): ClusterAccess {
  return { context, ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(directory, kubeconfig) }) };
}
