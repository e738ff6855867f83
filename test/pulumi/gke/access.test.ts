import * as pulumi from '@pulumi/pulumi';
import type { CloudRights } from '../../../lib';
import type { GkeClusterArgs } from '../../../lib/pulumi/gke';
import { inputsOf, make, NUMBER } from './make';

const GOOD: GkeClusterArgs = { project: 'acme-shop', region: 'europe-west6', production: false, nodePools: { workers: { machineType: 'e2-standard-4', nodes: { max: 9 } } } };

describe('the kubeconfig', () => {
  const read = async (controlPlane: GkeClusterArgs['controlPlane']) => {
    const run = await make({ ...GOOD, controlPlane }, ({ kubeconfig, connect, access }) => ({ kubeconfig, connect, access: pulumi.output(access), secret: pulumi.isSecret(kubeconfig) }));
    const provider = run.resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!;
    return { ...run.result, provider, config: JSON.parse(run.result.kubeconfig) as { clusters: { cluster: object }[]; users: object[] } };
  };
  const office = { office: '203.0.113.0/24' };

  it('leads to the DNS endpoint, whose certificate is not of the cluster', async () => {
    const { config, connect, access, kubeconfig } = await read({});
    expect(config).toEqual({
      apiVersion: 'v1', kind: 'Config', 'current-context': 'shop',
      clusters: [{ name: 'shop', cluster: { server: 'https://gke-0123abcd-123456789012.europe-west6.gke.goog' } }],
      contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'shop' } }],
      users: [{ name: 'shop', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'gke-gcloud-auth-plugin', installHint: expect.stringContaining('https://cloud.google.com/'), interactiveMode: 'IfAvailable', provideClusterInfo: true } } }],
    });
    expect(access).toEqual({ kubeconfig });
    expect(connect).toBe('gcloud container clusters get-credentials shop --location europe-west6 --project acme-shop --dns-endpoint');
  });

  it.each([['private', ' --internal-ip'], ['public', '']] as const)('leads to the %s address, with the authority of the cluster', async (access, flag) => {
    const { config, connect } = await read({ access, authorizedNetworks: office });
    expect(config.clusters[0]!.cluster).toEqual({ server: 'https://10.0.48.2', 'certificate-authority-data': 'Q0E=' });
    expect(connect).toBe(`gcloud container clusters get-credentials shop --location europe-west6 --project acme-shop${flag}`);
  });

  it('is secret, and has no token', async () => {
    const { provider, kubeconfig, secret } = await read({});
    expect(await secret).toBe(true);
    expect(provider.secrets).toEqual(['kubeconfig']);
    expect(kubeconfig).not.toMatch(/token"|password|client-key/);
  });

  it('does not tell one cluster from another, so that a new one replaces nothing', async () => {
    const run = await make(GOOD, ({ identifier }) => identifier, { preview: true });
    const provider = run.resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!;
    expect(Object.keys(provider.inputs)).toContain('clusterIdentifier');
    expect((await make(GOOD, ({ identifier }) => identifier)).result).toBe('shop-id');
  });
});

describe('an identity', () => {
  const bind = (rights: unknown, namespace = 'shop', serviceAccount = 'cart') => make(GOOD, (cluster) => cluster.bindIdentity({ namespace, serviceAccount, rights: rights as CloudRights }).map((resource) => (resource as pulumi.CustomResource).urn));
  const MEMBER = `principal://iam.googleapis.com/projects/${NUMBER}/locations/global/workloadIdentityPools/acme-shop.svc.id.goog/subject/ns/shop/sa/cart`;

  it('has roles in the project, or on one resource', async () => {
    const run = await bind({
      gcp: [
        { role: 'roles/cloudtrace.agent' }, { role: 'roles/storage.objectViewer', on: 'bucket/orders' }, { role: 'roles/secretmanager.secretAccessor', on: 'secret/api-key' },
        { role: 'roles/pubsub.publisher', on: 'topic/orders' }, { role: 'roles/pubsub.subscriber', on: 'subscription/orders' }, { role: 'roles/dns.admin', on: 'dns-zone/example' }, { role: 'projects/acme-shop/roles/cart' },
      ],
    });
    const grants = run.resources.filter(({ urn }) => run.result.includes(urn)).map(({ type, name, inputs }) => [type, name, inputs]);
    const project = 'acme-shop';
    expect(grants).toHaveLength(7);
    expect(grants).toEqual(expect.arrayContaining([
      ['gcp:projects/iAMMember:IAMMember', 'shop-shop/cart/cloudtrace.agent', { project, role: 'roles/cloudtrace.agent', member: MEMBER }],
      ['gcp:storage/bucketIAMMember:BucketIAMMember', 'shop-shop/cart/storage.objectViewer/bucket/orders', { bucket: 'orders', role: 'roles/storage.objectViewer', member: MEMBER }],
      ['gcp:secretmanager/secretIamMember:SecretIamMember', 'shop-shop/cart/secretmanager.secretAccessor/secret/api-key', { project, secretId: 'api-key', role: 'roles/secretmanager.secretAccessor', member: MEMBER }],
      ['gcp:pubsub/topicIAMMember:TopicIAMMember', 'shop-shop/cart/pubsub.publisher/topic/orders', { project, topic: 'orders', role: 'roles/pubsub.publisher', member: MEMBER }],
      ['gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember', 'shop-shop/cart/pubsub.subscriber/subscription/orders', { project, subscription: 'orders', role: 'roles/pubsub.subscriber', member: MEMBER }],
      ['gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember', 'shop-shop/cart/dns.admin/dns-zone/example', { project, managedZone: 'example', role: 'roles/dns.admin', member: MEMBER }],
      ['gcp:projects/iAMMember:IAMMember', 'shop-shop/cart/cart', { project, role: 'projects/acme-shop/roles/cart', member: MEMBER }],
    ]));
  });

  it('waits for the pool of identities, which comes with the cluster', async () => {
    const run = await bind({ gcp: [{ role: 'roles/cloudtrace.agent' }] });
    const grant = run.resources.find(({ urn }) => run.result.includes(urn))!;
    expect(grant.dependencies.map((urn) => urn.split('::').slice(-2).join(' '))).toContain('fairlead:gke:GkeCluster$gcp:container/cluster:Cluster shop');
  });

  it('is for exactly one service account', async () => {
    const run = await bind({ gcp: [{ role: 'roles/cloudtrace.agent' }] }, 'other', 'web');
    expect(inputsOf(run)['shop-other/web/cloudtrace.agent']!.member).toMatch(/\/subject\/ns\/other\/sa\/web$/);
  });

  it('is told from another whose names read alike', async () => {
    const identity = (namespace: string, serviceAccount: string) => ({ namespace, serviceAccount, rights: { gcp: [{ role: 'roles/cloudtrace.agent' }] } });
    const { resources } = await make(GOOD, (cluster) => [...cluster.bindIdentity(identity('a', 'b-c')), ...cluster.bindIdentity(identity('a-b', 'c'))].length);
    expect(resources.filter(({ name }) => name.endsWith('/cloudtrace.agent')).map(({ name }) => name)).toEqual(['shop-a/b-c/cloudtrace.agent', 'shop-a-b/c/cloudtrace.agent']);
  });

  const refused: [string, unknown, string][] = [
    ['rights on AWS only', { aws: { policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } }, "shop/cart: identity.rights.gcp: got nothing; on GKE, 'gcp' says what the workload may do; add it, or leave the rights out"],
    ['no role', { gcp: [] }, 'shop/cart: identity.rights.gcp: got []; at least one role is allowed, or leave it out'],
    ['a role of a wrong form', { gcp: [{ role: 'storage.objectViewer' }] }, 'shop/cart: identity.rights.gcp[0].role: got "storage.objectViewer"; a role is required, such as "roles/storage.objectViewer"'],
    ['a role that grants nearly everything', { gcp: [{ role: 'roles/editor' }] }, 'shop/cart: identity.rights.gcp[0].role: got "roles/editor"; a role for one service is allowed, such as "roles/storage.objectViewer"; this one grants nearly everything in the project'],
    ['a resource of an unknown kind', { gcp: [{ role: 'roles/run.invoker', on: 'service/web' }] }, 'shop/cart: identity.rights.gcp[0].on: got "service/web"; one of bucket, secret, topic, subscription, dns-zone with its name is allowed, such as "bucket/orders"; or leave it out for the whole project'],
    ['an unknown key', { gcp: [{ roles: 'roles/run.invoker' }] }, 'shop/cart: identity.rights.gcp[0].roles: got "roles/run.invoker"; no such prop here; did you mean "role"?'],
  ];

  it.each(refused)('is refused with %s', async (_, rights, line) => {
    const message = await bind(rights).then(() => 'bound', (error: Error) => error.message);
    expect(message.split('\n')).toContain(line);
  });
});

describe('hosts', () => {
  const WITHOUT_HOSTS = { loadBalancer: true, gatewayClassName: 'gke-l7-global-external-managed', sources: ['130.211.0.0/22', '35.191.0.0/16'] };

  it('have a zone, an address, and a certificate that is proven by DNS', async () => {
    const run = await make({ ...GOOD, hosts: { domain: 'shop.example.com', names: ['shop.example.com', '*.shop.example.com', 'img.cdn.shop.example.com'] } }, ({ ingress }) => ingress);
    const all = inputsOf(run);
    const labels = { cluster: 'shop', 'managed-by': 'fairlead' };
    expect(run.result).toEqual({
      ...WITHOUT_HOSTS, hosts: ['shop.example.com', '*.shop.example.com', 'img.cdn.shop.example.com'], annotations: { 'networking.gke.io/certmap': 'shop-certificates' }, address: 'shop-address', nameServers: ['ns1.example.net.', 'ns2.example.net.'],
    });
    // What the objects in the cluster name is called so.
    expect([all['shop-address'], all['shop-certificates']]).toMatchObject([{ name: 'shop-address' }, { name: 'shop-certificates' }]);
    expect(all['shop-zone']).toEqual({ project: 'acme-shop', dnsName: 'shop.example.com.', description: 'Hosts of shop', visibility: 'public', dnssecConfig: { state: 'on' }, cloudLoggingConfig: { enableLogging: true }, labels });
    expect(all['shop-address']).toEqual({ project: 'acme-shop', name: 'shop-address', addressType: 'EXTERNAL', labels });
    expect(all['shop-host-any-shop-example-com']).toEqual({ project: 'acme-shop', managedZone: 'shop-zone-0a1b2c3', name: '*.shop.example.com.', type: 'A', ttl: 300, rrdatas: ['203.0.113.7'] });
    // One proof for the domain and its wildcard.
    expect(Object.keys(all).filter((name) => name.startsWith('shop-proof-record-'))).toEqual(['shop-proof-record-shop-example-com', 'shop-proof-record-img-cdn-shop-example-com']);
    expect(all['shop-proof-record-shop-example-com']).toEqual({ project: 'acme-shop', managedZone: 'shop-zone-0a1b2c3', name: '_acme-challenge.shop.example.com.', type: 'CNAME', ttl: 300, rrdatas: ['shop-proof-shop-example-com.authorize.certificatemanager.goog.'] });
    expect(all['shop-certificate']).toEqual({ project: 'acme-shop', labels, managed: { domains: ['shop.example.com', '*.shop.example.com', 'img.cdn.shop.example.com'], dnsAuthorizations: ['shop-proof-shop-example-com-id', 'shop-proof-img-cdn-shop-example-com-id'] } });
    expect(all['shop-certificate-any-shop-example-com']).toEqual({ project: 'acme-shop', labels, map: 'shop-certificates', hostname: '*.shop.example.com', certificates: ['shop-certificate-id'] });
  });

  it('may be in a zone that is there already', async () => {
    const run = await make({ ...GOOD, hosts: { domain: 'shop.example.com', zone: 'example-com' } }, ({ ingress }) => ingress);
    expect(inputsOf(run)['shop-host-shop-example-com']).toMatchObject({ managedZone: 'example-com', name: 'shop.example.com.' });
    expect(inputsOf(run)).not.toHaveProperty('shop-zone');
    expect(run.result).not.toHaveProperty('nameServers');
  });

  it('keep their address and certificate until no load balancer uses them', async () => {
    const { resources } = await make({ ...GOOD, hosts: { domain: 'shop.example.com' } }, () => undefined);
    const provider = resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!;
    expect(provider.dependencies.map((urn) => urn.split('::').at(-1))).toEqual(expect.arrayContaining(['shop-address', 'shop-certificates']));
  });

  it('are not needed', async () => {
    expect((await make(GOOD, ({ ingress }) => ingress)).result).toEqual(WITHOUT_HOSTS);
  });
});
