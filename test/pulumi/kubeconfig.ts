/** What minikube writes beside the clusters and contexts that it makes. */
export const MINIKUBE = [{ name: 'cluster_info', extension: { provider: 'minikube.sigs.k8s.io', version: 'v1.37.0' } }];

/** The text of a kubeconfig: contexts by name, each with the address of its server, or all that is said of its cluster. */
export function kubeconfig(contexts: Readonly<Record<string, string | object>>, rest: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    contexts: Object.keys(contexts).map((name) => ({ name, context: { cluster: `cluster of ${name}`, user: 'somebody' } })),
    clusters: Object.entries(contexts).map(([name, cluster]) => ({ name: `cluster of ${name}`, cluster: typeof cluster === 'string' ? { server: cluster } : cluster })),
    users: [{ name: 'somebody', user: { token: 'canary-3f1c' } }],
    ...rest,
  });
}
