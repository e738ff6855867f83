import * as pulumi from '@pulumi/pulumi';
import type { CloudRights } from '../../../lib';
import type { EksClusterArgs } from '../../../lib/pulumi/eks';
import { whyNotBy } from '../../../lib/pulumi/eks/deployer';
import { eksSchema } from '../../../lib/pulumi/eks/schema';
import { ACCOUNT, inputsOf, make, PLATFORM, REGION, roleArn } from './make';

const GOOD: EksClusterArgs = { account: ACCOUNT, region: REGION, admins: { platform: PLATFORM }, production: false };

describe('the kubeconfig', () => {
  const read = async () => {
    const run = await make(GOOD, ({ kubeconfig, access }) => ({ kubeconfig, access: pulumi.output(access), secret: pulumi.isSecret(kubeconfig) }));
    return { ...run.result, providers: run.resources.filter(({ type }) => type === 'pulumi:providers:kubernetes') };
  };

  it('leads to the cluster with a plugin that gets a token', async () => {
    const { kubeconfig, access } = await read();
    expect(JSON.parse(kubeconfig)).toEqual({
      apiVersion: 'v1', kind: 'Config', 'current-context': 'shop',
      clusters: [{ name: 'shop', cluster: { server: 'https://0123ABCD.gr7.eu-central-2.eks.amazonaws.com', 'certificate-authority-data': 'Q0E=' } }],
      contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'shop' } }],
      users: [{ name: 'shop', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args: ['--region', REGION, 'eks', 'get-token', '--cluster-name', 'shop', '--output', 'json'], interactiveMode: 'Never', installHint: expect.stringContaining('https://docs.aws.amazon.com/') } } }],
    });
    expect(access).toEqual({ kubeconfig });
  });

  it('is secret, and has no token', async () => {
    const { kubeconfig, secret, providers } = await read();
    expect(await secret).toBe(true);
    expect(providers.map(({ name, secrets }) => [name, secrets])).toEqual([['shop-setup', ['kubeconfig']], ['shop-provider', ['kubeconfig']]]);
    expect(kubeconfig).not.toMatch(/"token"|password|client-key/);
  });

  it('is not known in a preview of a new cluster, which fails at nothing', async () => {
    const { resources } = await make({ ...GOOD, hosts: { domain: 'shop.example.com' }, sharedVolumes: true }, () => undefined, { preview: true });
    expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(['shop-proof-shop-example-com', 'shop-StorageClass/efs', 'shop-provider']));
  });
});

describe('who gets in', () => {
  it('are the admins, and others as far as is said', async () => {
    const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const all = inputsOf(await make({
      ...GOOD,
      admins: { platform: PLATFORM, 'break-glass': role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123') },
      accessEntries: { shop: { principal: role('shop'), policy: 'edit', namespaces: ['shop', 'shop-jobs'] }, auditor: { principal: `arn:aws:iam::${ACCOUNT}:user/auditor`, policy: 'admin-view' }, support: { principal: role('support'), groups: ['support'] } },
    }, () => undefined));
    const association = (name: string) => all[`shop-${name} (AccessPolicyAssociation)`];
    expect(association('admin-break-glass')).toMatchObject({ principalArn: role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123'), policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' });
    expect(association('entry-shop')).toMatchObject({ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy', accessScope: { type: 'namespace', namespaces: ['shop', 'shop-jobs'] } });
    expect(association('entry-auditor')).toMatchObject({ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy', accessScope: { type: 'cluster' } });
    expect(all['shop-entry-support']).toEqual({ clusterName: 'shop', principalArn: role('support'), type: 'STANDARD', kubernetesGroups: ['support'], tags: { Name: 'shop-entry-support' } });
    expect(all['shop-entry-shop (AccessEntry)']).not.toHaveProperty('kubernetesGroups');
  });
});

describe('who makes the cluster', () => {
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const session = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/alice`;
  const whyNot = (arn: string, args: Partial<EksClusterArgs> = {}) => whyNotBy(arn, eksSchema.parse({ ...GOOD, ...args }));
  const pipeline = { principal: role('pipeline'), policy: 'cluster-admin' as const };

  it.each<[string, Partial<EksClusterArgs>]>([
    [PLATFORM, {}],
    [session('platform'), {}],
    [session('AWSReservedSSO_Admin_0123'), { admins: { sso: role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123') } }],
    [`arn:aws:iam::${ACCOUNT}:user/alice`, { admins: { alice: `arn:aws:iam::${ACCOUNT}:user/alice` } }],
    [session('pipeline'), { accessEntries: { pipeline } }],
  ])('is one of the admins, or somebody else who may do everything: %s', (arn, args) => expect(whyNot(arn, args)).toBeUndefined());

  it.each<[string, Partial<EksClusterArgs>]>([
    [session('pipeline'), {}],
    [session('my-platform'), {}],
    [`arn:aws:iam::${ACCOUNT}:user/platform`, {}],
    [`arn:aws:iam::${ACCOUNT}:root`, {}],
    [session('pipeline'), { accessEntries: { pipeline: { ...pipeline, namespaces: ['shop'] } } }],
    [session('pipeline'), { accessEntries: { pipeline: { ...pipeline, policy: 'admin' } } }],
  ])('is nobody whom it would not let in: %s', (arn, args) => {
    expect(whyNot(arn, args)).toBe(`admins: who is signed in to AWS is ${arn}, whom the cluster would not let in; sign in as one of ${PLATFORM}, or name its role among the admins, or one of them as deployRole`);
  });

  it('is asked for in a preview, but not where a role is taken on', async () => {
    const asked = async (args: Partial<EksClusterArgs>) => {
      const calls: string[] = [];
      await make({ ...GOOD, ...args }, () => undefined, { preview: true, answer: ({ token }) => (calls.push(token), { arn: PLATFORM }) });
      return calls.filter((token) => token.endsWith(':getCallerIdentity'));
    };
    expect(await asked({})).toHaveLength(1);
    expect(await asked({ deployRole: PLATFORM })).toEqual([]);
  });
});

describe('an identity', () => {
  const bind = (rights: unknown, namespace = 'shop', serviceAccount = 'cart') => make(GOOD, (cluster) => cluster.bindIdentity({ namespace, serviceAccount, rights: rights as CloudRights }).map((resource) => (resource as pulumi.CustomResource).urn));
  const S3 = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::orders/*'], conditions: { StringEquals: { 's3:prefix': ['in', 'out'] } } };

  it('is a role for exactly one service account of this cluster', async () => {
    const run = await bind({ aws: { policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'], statements: [S3] } });
    const all = inputsOf(run);
    const name = Object.keys(all).find((key) => /^shop-shop-cart-[0-9a-f]{10}$/.test(key))!;
    expect(all[name]).toEqual({
      description: 'The service account shop/cart of the cluster shop',
      assumeRolePolicy: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: { StringEquals: { 'aws:RequestTag/eks-cluster-arn': `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/shop`, 'aws:RequestTag/kubernetes-namespace': 'shop', 'aws:RequestTag/kubernetes-service-account': 'cart' } },
        }],
      },
    });
    expect(all['shop-shop/cart']).toEqual({ clusterName: 'shop', namespace: 'shop', serviceAccount: 'cart', roleArn: roleArn(name), tags: { Name: 'shop-shop/cart' } });
    expect(all[`${name}-AmazonS3ReadOnlyAccess`]).toEqual({ role: `${name}-0a1b2c3`, policyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' });
    expect(all[`${name}-rights`]).toEqual({ role: `${name}-0a1b2c3`, policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: S3.actions, Resource: S3.resources, Condition: S3.conditions }] } });
    // The workload waits for the binding and its rights.
    expect(run.result.map((urn) => urn.split('::').at(-1))).toEqual(['shop-shop/cart', `${name}-AmazonS3ReadOnlyAccess`, `${name}-rights`]);
  });

  it('fits into the names of IAM, and is told from others', async () => {
    const long = 'a'.repeat(63);
    const names = async (namespace: string, account: string) => (await bind({ aws: { statements: [S3] } }, namespace, account)).resources.filter(({ type, inputs }) => type === 'aws:iam/role:Role' && String(inputs.description).startsWith('The service account')).map(({ name }) => name);
    const [first, second, third] = [await names(long, long), await names('a-b', 'c'), await names('a', 'b-c')].flat() as [string, string, string];
    // Pulumi adds a dash and seven characters to a name of at most 64.
    expect('x'.repeat(24).length + first.slice('shop'.length).length).toBeLessThanOrEqual(64 - 8);
    expect(second).not.toBe(third);
  });

  it.each([
    ['rights of another cloud', { gcp: [{ role: 'roles/storage.objectViewer' }] }, "shop/cart: identity.rights.aws: got nothing; on EKS, 'aws' says what the workload may do; add it, or leave the rights out"],
    ['no rights', { aws: {} }, "shop/cart: identity.rights.aws: got {}; 'policies' or 'statements' is required"],
    ['an action of no service', { aws: { statements: [{ actions: ['GetObject'], resources: ['*'] }] } }, 'shop/cart: identity.rights.aws.statements[0].actions[0]: got "GetObject"; an action of one service is allowed'],
  ])('refuses %s', async (_, rights, message) => {
    await expect(bind(rights)).rejects.toThrow(message);
  });
});

describe('hosts', () => {
  it('have a zone, a certificate that is proven in it, and a controller that keeps their records', async () => {
    const run = await make({ ...GOOD, hosts: { domain: 'shop.example.com', names: ['shop.example.com', '*.shop.example.com', 'img.cdn.shop.example.com'] } }, ({ ingress }) => ingress);
    const all = inputsOf(run);
    const arn = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/shop-certificate`;
    expect(run.result).toEqual({
      loadBalancer: true, className: 'alb', sources: ['10.0.192.0/26', '10.0.192.64/26', '10.0.192.128/26'], hosts: ['shop.example.com', '*.shop.example.com', 'img.cdn.shop.example.com'], nameServers: ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'],
      annotations: {
        'alb.ingress.kubernetes.io/target-type': 'ip', 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]',
        'alb.ingress.kubernetes.io/ssl-redirect': '443', 'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      },
    });
    expect(all['shop-zone']).toEqual({ name: 'shop.example.com', comment: 'Hosts of the cluster shop', forceDestroy: true, tags: { Name: 'shop' } });
    expect(all['shop-certificate']).toEqual({
      domainName: 'shop.example.com', subjectAlternativeNames: ['*.shop.example.com', 'img.cdn.shop.example.com'], validationMethod: 'DNS', keyAlgorithm: 'EC_prime256v1',
      options: { certificateTransparencyLoggingPreference: 'ENABLED' }, tags: { Name: 'shop' },
    });
    // One proof for the domain and its wildcard.
    expect(Object.keys(all).filter((name) => name.startsWith('shop-proof-'))).toEqual(['shop-proof-shop-example-com', 'shop-proof-img-cdn-shop-example-com']);
    expect(all['shop-proof-shop-example-com']).toEqual({ zoneId: 'Z0123456789', name: '_proof.shop.example.com.', type: 'CNAME', records: ['_shop.example.com.acm-validations.aws.'], ttl: 300, allowOverwrite: true });
    expect(all['shop-IngressClassParams/alb']).toMatchObject({ spec: { certificateARNs: [arn] } });
    expect(all['shop-external-dns (Addon)']).toMatchObject({ configurationValues: { domainFilters: ['shop.example.com'], policy: 'sync', txtOwnerId: 'shop' }, podIdentityAssociations: [{ serviceAccount: 'external-dns', roleArn: roleArn('shop-external-dns') }] });
    expect(all['shop-external-dns-rights']).toMatchObject({ policy: { Statement: [
      { Action: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'], Resource: 'arn:aws:route53:::hostedzone/Z0123456789' },
      { Action: ['route53:ListHostedZones'], Resource: '*' },
    ] } });
  });

  it('may be in a zone that is there already', async () => {
    const run = await make({ ...GOOD, hosts: { domain: 'shop.example.com', zone: 'Z9876543210' } }, ({ ingress }) => ingress);
    const all = inputsOf(run);
    expect(all['shop-proof-shop-example-com']).toMatchObject({ zoneId: 'Z9876543210' });
    expect(all).not.toHaveProperty('shop-zone');
    expect(run.result).not.toHaveProperty('nameServers');
  });

  it('keep their certificate until no load balancer uses it, and are protected', async () => {
    const { resources } = await make({ ...GOOD, production: true, hosts: { domain: 'shop.example.com' } }, () => undefined);
    expect(resources.find(({ name }) => name === 'shop-provider')!.dependencies.map((urn) => urn.split('::').at(-1))).toEqual(expect.arrayContaining(['shop-certificate', 'shop-external-dns', 'shop-IngressClassParams/alb']));
    expect(resources.find(({ name }) => name === 'shop-zone')).toMatchObject({ protect: true, inputs: { forceDestroy: false } });
  });
});
