import * as pulumi from '@pulumi/pulumi';
import { ExistingCluster, type ExistingClusterArgs } from '../../../lib/pulumi/cluster';
import { runProgram } from '../../../lib/pulumi/testing';

const KUBECONFIG = 'apiVersion: v1\nkind: Config\n';

async function make(args: ExistingClusterArgs) {
  const { resources, result } = await runProgram(() => {
    const { provider: _, access, ...cluster } = new ExistingCluster('cluster', args);
    const { cloud, name, identifier, kubeconfig, hostAccess, storageClasses, ingress, network, registry } = cluster;
    return { cloud, name, identifier, kubeconfig, secret: pulumi.isSecret(kubeconfig), access: pulumi.output(access), hostAccess, storageClasses, ingress, network, registry };
  });
  return { provider: resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!, resources, result };
}

const failure = (args: unknown) => make(args as ExistingClusterArgs).then(() => 'made', (error: Error) => error.message);

describe('an existing cluster', () => {
  it('makes the provider and nothing else', async () => {
    const { provider, resources, result } = await make({ context: 'aks-shop', kubeconfig: '/home/me/.kube/config' });
    expect(resources.map(({ type }) => type)).toEqual(['fairlead:cluster:ExistingCluster', 'pulumi:providers:kubernetes']);
    expect(provider.name).toBe('cluster-provider');
    expect(provider.parent).toBe(resources[0]!.urn);
    expect(provider.aliases).toEqual([{ name: 'cluster' }]);
    expect(provider.inputs).toEqual({ context: 'aks-shop', kubeconfig: '/home/me/.kube/config', clusterIdentifier: 'aks-shop', enableConfigMapMutable: 'true', enableSecretMutable: 'true', enablePatchForce: 'true' });
    expect(provider.secrets).toEqual([]);
    expect(result).toMatchObject({ cloud: 'existing', name: 'aks-shop', identifier: 'aks-shop', kubeconfig: '/home/me/.kube/config', hostAccess: true, ingress: { loadBalancer: true }, storageClasses: {} });
    expect(result.network).toBeUndefined();
    expect(result.registry).toBeUndefined();
  });

  it('keeps the text of a kubeconfig secret', async () => {
    const { provider, result } = await make({ context: 'civo', kubeconfig: KUBECONFIG });
    expect(provider.inputs.kubeconfig).toBe(KUBECONFIG);
    expect(provider.secrets).toEqual(['kubeconfig']);
    expect(result.access).toEqual({ context: 'civo', kubeconfig: KUBECONFIG });
  });

  it('takes the kubeconfig of another program, with an identifier in place of a context', async () => {
    const { provider } = await make({ identifier: 'aks/shop', kubeconfig: pulumi.secret(pulumi.output(KUBECONFIG)) });
    expect(provider.inputs).toMatchObject({ kubeconfig: KUBECONFIG, clusterIdentifier: 'aks/shop' });
    expect(provider.inputs).not.toHaveProperty('context');
    expect(provider.secrets).toEqual(['kubeconfig']);
  });

  it('is told what it has', async () => {
    const { result } = await make({
      context: 'minikube', loadBalancer: false, hostAccess: false, storageClasses: { fast: 'nvme' }, ingress: { className: 'nginx' },
      network: { pods: ['10.244.0.0/16'] }, registry: 'registry.example.com/shop',
    });
    expect(result).toMatchObject({
      hostAccess: false, storageClasses: { fast: 'nvme' }, ingress: { loadBalancer: false, className: 'nginx' },
      network: { nodes: [], pods: ['10.244.0.0/16'], services: [], controlPlane: [] }, registry: 'registry.example.com/shop',
    });
  });

  it('refuses all mistakes at once, and makes nothing', async () => {
    const message = await failure({ contxt: 'x', loadBalancer: 'maybe', ingress: { class: 'nginx' }, network: { pods: ['10.244.0.0'] } });
    expect(message.split('\n').sort()).toEqual([
      'ExistingCluster "cluster": contxt: got an unknown key; allowed: context, identifier, loadBalancer, hostAccess, storageClasses, ingress, network, registry; did you mean "context"?',
      'ExistingCluster "cluster": ingress.class: got an unknown key; allowed: className, gatewayClassName',
      'ExistingCluster "cluster": loadBalancer: got "maybe"; allowed: true or false',
      'ExistingCluster "cluster": network.pods[0]: got "10.244.0.0"; allowed: an IPv4 range such as "10.0.0.0/16"',
    ]);
  });

  it('never goes where the ambient context leads', async () => {
    expect(await failure({})).toBe('ExistingCluster "cluster": context: got nothing; allowed: the context of the kubeconfig, or an identifier of the cluster: the ambient context may be any cluster');
    expect(await failure({ identifier: 'x' })).toContain('context: got nothing; allowed: the context of the kubeconfig, as no kubeconfig is given');
  });

  it('gives no rights in its cloud', async () => {
    const bind = () => new ExistingCluster('cluster', { context: 'aks' }).bindIdentity({ namespace: 'shop', serviceAccount: 'cart', rights: { gcp: [{ role: 'roles/viewer' }] } });
    await expect(runProgram(bind)).rejects.toThrow(/^shop\/cart: identity\.rights: got .*; a cluster that is there already gives no rights in its cloud; make the identity there and name it/);
  });
});
