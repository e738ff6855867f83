import { at, textAt } from '../../../core/paths';
import { placesOf } from '../cluster';
import type { StackPolicy } from '../definition';

const FIELD = 'automountServiceAccountToken';

/** Pods hold a token for the API server only where that was asked for. */
export const serviceAccountToken: StackPolicy = {
  promise: 'Pods get a token for the API server only where automountServiceAccountToken says so, in the pod or its service account',
  reason: 'Kubernetes mounts one by default, few programs need it, and whoever reads it speaks for the account',
  level: 'advisory',
  checkAll: (cluster) => cluster.workloads.flatMap(({ subject, pods }) => {
    if (pods.spec[FIELD] !== undefined) return [];
    const account = textAt(pods.spec, 'serviceAccountName') ?? textAt(pods.spec, 'serviceAccount') ?? 'default';
    if (at(cluster.find('ServiceAccount', subject.namespace, account)?.manifest, FIELD) !== undefined) return [];
    const accounts = cluster.in(subject.namespace, 'ServiceAccount');
    const restsOn = [{ subject, path: [...pods.path, 'serviceAccountName'] }, ...placesOf([subject]), ...placesOf(accounts, [FIELD], ['metadata', 'name'])];
    return [{ subject, path: [...pods.path, FIELD], got: 'nothing', mend: 'set it to false, or to true where the program calls the API server', restsOn }];
  }),
};
