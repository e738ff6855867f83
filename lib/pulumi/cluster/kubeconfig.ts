import type * as pulumi from '@pulumi/pulumi';

/** A cluster as a kubeconfig has it, and the plugin that gets a token for whoever runs it. */
export interface KubeconfigParts {
  /** Name of the cluster, of the context and of the user. */
  readonly name: pulumi.Input<string>;
  /** Where it is, and by whose authority. */
  readonly cluster: { readonly 'server': pulumi.Input<string>; readonly 'certificate-authority-data'?: pulumi.Input<string> };
  /** What of the plugin differs between clouds. */
  readonly exec: { readonly command: string; readonly args?: readonly pulumi.Input<string>[]; readonly interactiveMode: 'Never' | 'IfAvailable'; readonly installHint: string; readonly provideClusterInfo?: boolean };
}

/** A kubeconfig without a token. */
export const kubeconfigWith = ({ name, cluster, exec }: KubeconfigParts) => ({
  'apiVersion': 'v1',
  'kind': 'Config',
  'current-context': name,
  'clusters': [{ name, cluster }],
  'contexts': [{ name, context: { cluster: name, user: name } }],
  'users': [{ name, user: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', ...exec } } }],
});
