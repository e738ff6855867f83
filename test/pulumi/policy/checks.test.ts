import type { JsonObject } from '../../../lib';
import { POLICY_NAMES, type PolicyName } from '../../../lib/pulumi/policy';
import { judge, resource, UNKNOWN } from './judge';
import * as the from './objects';

/** What the policies say of these objects. */
const verdict = (...objects: JsonObject[]) => judge(objects.map((object) => resource(object)));
/** The same, of one policy alone. */
const only = async (name: PolicyName, objects: readonly JsonObject[]) => (await verdict(...objects)).filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));

const TEMPLATE = 'Deployment/shop/web: spec.template.spec.';
const FIRST = `${TEMPLATE}containers[0].`;
const url = 'postgres://shop:hunter2hunter2@db/shop';
const env = (value: unknown) => the.deployment(the.pod({}, { env: [{ name: 'DATABASE', value }] }));
const spec = (more: JsonObject) => the.deployment(the.pod(more));
const release: JsonObject = { apiVersion: 'helm.sh/v3', kind: 'Release', metadata: {}, chart: 'ingress-nginx' };

interface Case {
  /** Breaks it. */
  readonly wrong: readonly JsonObject[];
  /** What is said of that. */
  readonly says: string;
  /** Break it in other ways. */
  readonly alsoWrong?: readonly (readonly JsonObject[])[];
  /** Do not break it. */
  readonly right: readonly (readonly JsonObject[])[];
  /** Like the wrong one, but for what a preview does not know. */
  readonly unknown: readonly (readonly JsonObject[])[];
}

/** Policies for Kubernetes objects; those for clouds have their cases in test/clouds. */
type ObjectPolicy = Exclude<PolicyName, `cluster-${string}`>;

const CASES: Readonly<Record<ObjectPolicy, Case>> = {
  'host-access': {
    wrong: [spec({ hostNetwork: true })],
    says: `${TEMPLATE}hostNetwork: got true; hostNetwork must not be true`,
    alsoWrong: [[the.deployment(the.pod({}, { securityContext: { privileged: true } }))], [spec({ volumes: [{ name: 'root', hostPath: { path: '/' } }] })], [the.deployment(the.pod({}, { ports: [{ hostPort: 80 }] }))]],
    right: [[the.deployment(the.pod({ hostNetwork: true }), {}, { annotations: { 'fairlead.dev/security-exception': 'sets up the network of the node' } })], [the.object('v1', 'ConfigMap', { data: {} })]],
    unknown: [[spec({ hostNetwork: UNKNOWN })], [spec({ volumes: UNKNOWN })], [spec({ containers: UNKNOWN })], [the.deployment(UNKNOWN as unknown as JsonObject)]],
  },
  'restricted-pods': {
    wrong: [the.deployment(the.pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }))],
    says: `${FIRST}securityContext.runAsNonRoot: got nothing; container 'web' must set runAsNonRoot to true`,
    alsoWrong: [[the.deployment(the.pod({}, { securityContext: { capabilities: { drop: ['ALL'] } } }))], [spec({ volumes: [{ name: 'share', nfs: { server: 'x', path: '/' } }] })], [the.deployment(the.pod(), {}, { annotations: { 'fairlead.dev/security-exception': ' ' } }), the.deployment(the.pod({ securityContext: {} }))]],
    right: [[the.deployment(the.pod({ securityContext: {} }), {}, { annotations: { 'fairlead.dev/security-exception': 'runs as root until 2.0' } })]],
    unknown: [[spec({ securityContext: UNKNOWN })], [spec({ securityContext: { runAsNonRoot: UNKNOWN, seccompProfile: { type: UNKNOWN } } })], [the.deployment(the.pod({}, { securityContext: { allowPrivilegeEscalation: UNKNOWN, capabilities: { drop: [UNKNOWN] } } }))]],
  },
  'namespace-security': {
    wrong: [the.namespace('privileged')],
    says: "Namespace/shop: metadata.labels[\"pod-security.kubernetes.io/enforce\"]: got \"privileged\"; 'baseline' and 'restricted' are allowed",
    alsoWrong: [[{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]],
    right: [[the.namespace('baseline')]],
    unknown: [[the.namespace(UNKNOWN)], [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: UNKNOWN } }]],
  },
  'service-account-token': {
    wrong: [spec({ automountServiceAccountToken: undefined })],
    says: `${TEMPLATE}automountServiceAccountToken: got nothing; set it to false, or to true where the program calls the API server`,
    alsoWrong: [[spec({ automountServiceAccountToken: undefined, serviceAccountName: 'web' }), the.object('v1', 'ServiceAccount')]],
    right: [[spec({ automountServiceAccountToken: true })], [spec({ automountServiceAccountToken: undefined, serviceAccountName: 'web' }), the.object('v1', 'ServiceAccount', { automountServiceAccountToken: false })]],
    unknown: [[spec({ automountServiceAccountToken: UNKNOWN })], [spec({ automountServiceAccountToken: undefined, serviceAccountName: UNKNOWN })], [spec({ automountServiceAccountToken: undefined, serviceAccountName: 'web' }), the.object('v1', 'ServiceAccount', { automountServiceAccountToken: UNKNOWN })]],
  },
  'rbac-wildcards': {
    wrong: [the.role('Role', { verbs: ['*'] })],
    says: "Role/shop/web: rules[0].verbs: got [\"*\"]; name each one that is needed instead of '*'",
    alsoWrong: [[the.role('ClusterRole', { resources: ['*'] })], [the.role('Role', { apiGroups: ['*'] })], [the.binding('RoleBinding', 'cluster-admin')], [the.binding('ClusterRoleBinding', 'cluster-admin')]],
    right: [[the.role('Role', {}), the.binding('RoleBinding', 'view')], [the.role('ClusterRole', { nonResourceURLs: ['*'] })]],
    unknown: [[the.role('Role', { verbs: UNKNOWN })], [the.role('Role', { verbs: ['*', UNKNOWN] })], [the.binding('RoleBinding', UNKNOWN)]],
  },
  'rbac-secrets': {
    wrong: [the.role('ClusterRole', { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }), the.binding('ClusterRoleBinding', 'web')],
    says: 'ClusterRole/web: rules[0]: got get and list of Secrets, bound by ClusterRoleBinding/web; bind it by a RoleBinding in the namespaces that need it, or name the Secrets in resourceNames',
    alsoWrong: [[the.binding('ClusterRoleBinding', 'edit')]],
    right: [
      [the.role('ClusterRole', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }), the.binding('RoleBinding', 'web')],
      [the.role('ClusterRole', { apiGroups: [''], resources: ['secrets'], verbs: ['create'] }), the.binding('ClusterRoleBinding', 'web')],
      [the.role('ClusterRole', { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['ca'] }), the.binding('ClusterRoleBinding', 'web')],
      [the.binding('ClusterRoleBinding', 'view')],
    ],
    unknown: [[the.role('ClusterRole', { apiGroups: [''], resources: UNKNOWN, verbs: ['get'] }), the.binding('ClusterRoleBinding', 'web')], [the.role('ClusterRole', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }), the.binding('ClusterRoleBinding', UNKNOWN)], [the.role('ClusterRole', { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: UNKNOWN }), the.binding('ClusterRoleBinding', 'web')]],
  },
  'plain-secrets': {
    wrong: [env(url)],
    says: `${FIRST}env[0].value: got a URL with a password (not shown); put it into a Secret and refer to that: valueFrom.secretKeyRef, or a volume`,
    alsoWrong: [
      [the.object('v1', 'ConfigMap', { data: { 'tls.key': '-----BEGIN RSA PRIVATE KEY-----\nMIIE' } })],
      [the.deployment(the.pod({}, { args: ['--token', `ghp_${'a1B2'.repeat(9)}`] }))],
      [env('mysql -pcorrect-horse'), the.secret({ stringData: { password: 'correct-horse' } })],
      [env('mysql -pcorrect-horse'), the.secret({ data: { DB_PASSWORD: Buffer.from('correct-horse\n').toString('base64') } })],
    ],
    right: [
      [env('postgres://shop:$(PASSWORD)@db/shop')], [env('https://shop.example.com:8443/a@b')], [env('amqp://broker')],
      [env('db.example.com'), the.secret({ stringData: { host: 'db.example.com' } })],
      [env('abc'), the.secret({ stringData: { password: 'abc' } })],
    ],
    unknown: [[env(UNKNOWN)], [env('mysql -pcorrect-horse'), the.secret({ stringData: { password: UNKNOWN } })], [env('mysql -pcorrect-horse'), the.secret({ stringData: UNKNOWN })]],
  },
  'image-reference': {
    wrong: [the.deployment(the.pod({}, { image: 'acme/web:latest' }))],
    says: `${FIRST}image: got "acme/web:latest"; 'latest' is not allowed here (image policy 'tag'); name a version`,
    alsoWrong: [[the.deployment(the.pod({}, { image: 'localhost:5000/acme/web' }))], [spec({ initContainers: [the.container({ image: 'busybox' })] })]],
    right: [[the.deployment(the.pod({}, { image: `acme/web@sha256:${'a'.repeat(64)}` }))]],
    unknown: [[the.deployment(the.pod({}, { image: UNKNOWN }))], [spec({ containers: [UNKNOWN] })]],
  },
  'default-deny': {
    wrong: [the.namespace()],
    says: 'Namespace/shop: metadata.name: got no NetworkPolicy for Ingress and Egress; make one with podSelector: {} and these policyTypes, and one for each workload that allows what it needs',
    alsoWrong: [[the.namespace(), the.networkPolicy({ policyTypes: ['Ingress'] })], [the.namespace(), the.networkPolicy({ podSelector: { matchLabels: { app: 'web' } } })], [the.namespace(), the.networkPolicy({ ingress: [{}] })], [the.namespace(), the.networkPolicy({}, { namespace: 'other' })]],
    right: [[the.namespace(), the.networkPolicy()], [the.namespace(), the.networkPolicy({ policyTypes: ['Ingress'] }, { name: 'in' }), the.networkPolicy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] }, { name: 'out' })], [the.namespace(), the.object('cilium.io/v2', 'CiliumNetworkPolicy')]],
    unknown: [[the.namespace('restricted', UNKNOWN)], [the.namespace(), the.networkPolicy({ podSelector: UNKNOWN })], [the.namespace(), the.networkPolicy({ policyTypes: UNKNOWN })], [the.namespace(), the.networkPolicy({}, { namespace: UNKNOWN })]],
  },
  'network-isolation': {
    wrong: [the.deployment()],
    says: 'Deployment/shop/web: spec.template.metadata.labels: got no NetworkPolicy for Ingress and Egress; make one that selects the pods, or except it if the namespace, made elsewhere, has one for all',
    alsoWrong: [[the.deployment(), the.networkPolicy({ podSelector: { matchLabels: { app: 'api' } } })], [the.deployment(), the.networkPolicy({ policyTypes: undefined })], [the.deployment(), the.networkPolicy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } })]],
    right: [[the.deployment(), the.networkPolicy({ podSelector: { matchLabels: { app: 'web' } } })], [the.deployment(), the.networkPolicy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }, { key: 'app', operator: 'Exists' }, { key: 'old', operator: 'DoesNotExist' }] } })], [the.deployment(), the.namespace()], [the.deployment(), the.networkPolicy({ policyTypes: undefined, egress: [{ ports: [] }] })]],
    unknown: [[the.deployment(), the.networkPolicy({ podSelector: { matchLabels: { app: UNKNOWN } } })], [the.deployment(the.pod(), {}, { labels: UNKNOWN })], [the.deployment(), the.namespace('restricted', UNKNOWN)]],
  },
  'exposed-services': {
    wrong: [the.service({ type: 'LoadBalancer' })],
    says: 'Service/shop/web: spec.type: got "LoadBalancer"; reach it through an Ingress or HTTPRoute and leave the type at ClusterIP, or except it by name where it is the way in',
    alsoWrong: [[the.service({ type: 'NodePort' })], [the.service({ externalIPs: ['192.0.2.1'] })]],
    right: [[the.service({ type: 'ClusterIP' })], [the.object('serving.knative.dev/v1', 'Service', { spec: { type: 'NodePort' } })]],
    unknown: [[the.service({ type: UNKNOWN })], [the.service({ externalIPs: UNKNOWN })]],
  },
  'ingress-tls': {
    wrong: [the.ingress({ tls: undefined })],
    says: 'Ingress/shop/web: spec.rules[0].host: got "shop.example.com" without TLS; put it into spec.tls, with the Secret of a certificate',
    alsoWrong: [[the.ingress({ tls: [{ hosts: ['other.example.com'] }] })], [the.ingress({ tls: undefined, rules: undefined, defaultBackend: {} })], [the.ingress({ tls: [{ hosts: ['*.com'] }] })]],
    right: [[the.ingress({ tls: [{ hosts: ['*.example.com'] }] })], [the.ingress({ tls: [{ secretName: 'tls' }] })], [the.ingress({ tls: undefined }, { annotations: { 'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:x' } })]],
    unknown: [[the.ingress({ tls: UNKNOWN })], [the.ingress({ tls: [{ hosts: [UNKNOWN] }] })], [the.ingress({ tls: undefined }, { annotations: UNKNOWN })]],
  },
  'readiness-probe': {
    wrong: [the.deployment(the.pod({}, { readinessProbe: undefined })), the.service()],
    says: `${FIRST}readinessProbe: got nothing; Service/shop/web sends it requests; give the container 'web' a probe that succeeds when it can serve`,
    alsoWrong: [[spec({ containers: [the.container({ readinessProbe: undefined }), the.container({ name: 'proxy', ports: [] })] }), the.service()], [the.deployment(the.pod({}, { readinessProbe: undefined, ports: undefined })), the.service()]],
    right: [[the.deployment(the.pod({}, { readinessProbe: undefined }))], [the.deployment(the.pod({}, { readinessProbe: undefined })), the.service({ ports: [{ port: 53, protocol: 'UDP' }] })], [the.deployment(the.pod({}, { readinessProbe: undefined })), the.service({ selector: { app: 'api' } })], [the.deployment(the.pod({}, { readinessProbe: undefined })), the.service({ publishNotReadyAddresses: true })]],
    unknown: [[the.deployment(the.pod({}, { readinessProbe: UNKNOWN })), the.service()], [the.deployment(the.pod({}, { readinessProbe: undefined })), the.service({ selector: UNKNOWN })], [the.deployment(the.pod({}, { readinessProbe: undefined })), the.service({ ports: UNKNOWN })], [the.deployment(the.pod({}, { readinessProbe: undefined }), {}, { labels: { app: UNKNOWN } }), the.service()]],
  },
  resources: {
    wrong: [the.deployment(the.pod({}, { resources: { requests: { cpu: '50m', memory: '64Mi' } } }))],
    says: `${FIRST}resources.limits.memory: got nothing; container 'web' must set it, or a LimitRange of the namespace`,
    alsoWrong: [[the.deployment(the.pod({}, { resources: undefined }))], [the.deployment(the.pod({}, { resources: { limits: { memory: '64Mi' } } }))]],
    right: [[the.deployment(the.pod({}, { resources: { requests: { cpu: '50m' }, limits: { memory: '64Mi' } } }))], [the.deployment(the.pod({}, { resources: undefined })), the.object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', default: { memory: '64Mi' }, defaultRequest: { cpu: '50m', memory: '64Mi' } }] } })], [the.deployment(the.pod({ resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } } }, { resources: undefined }))]],
    unknown: [[the.deployment(the.pod({}, { resources: UNKNOWN }))], [the.deployment(the.pod({}, { resources: { requests: { cpu: '1' }, limits: { memory: UNKNOWN } } }))], [the.deployment(the.pod({}, { resources: undefined })), the.object('v1', 'LimitRange', { spec: { limits: UNKNOWN } })]],
  },
  replicas: {
    wrong: [the.deployment(the.pod(), { replicas: 1 })],
    says: 'Deployment/shop/web: spec.replicas: got 1 pod at least; run at least 2, or let an autoscaler keep that many',
    alsoWrong: [[the.deployment(the.pod(), { replicas: undefined })], [the.deployment(), the.autoscaler({ minReplicas: undefined })]],
    right: [[the.deployment(the.pod(), { replicas: undefined }), the.autoscaler()], [the.deployment(the.pod(), { replicas: 0 })], [the.deployment(the.pod(), { replicas: 1 }), the.object('keda.sh/v1alpha1', 'ScaledObject', { spec: { scaleTargetRef: { name: 'web' } } })]],
    unknown: [[the.deployment(the.pod(), { replicas: UNKNOWN })], [the.deployment(the.pod(), { replicas: undefined }), the.autoscaler({ minReplicas: UNKNOWN })], [the.deployment(the.pod(), { replicas: undefined }), the.autoscaler({ scaleTargetRef: { kind: 'Deployment', name: UNKNOWN } })]],
  },
  spread: {
    wrong: [spec({ topologySpreadConstraints: undefined })],
    says: `${TEMPLATE}topologySpreadConstraints: got nothing; spread the pods over topology.kubernetes.io/zone and kubernetes.io/hostname`,
    right: [[spec({ topologySpreadConstraints: undefined, affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{}] } } })], [the.deployment(the.pod({ topologySpreadConstraints: undefined }), { replicas: 1 })]],
    unknown: [[spec({ topologySpreadConstraints: UNKNOWN })], [spec({ topologySpreadConstraints: undefined, affinity: UNKNOWN })]],
  },
  'disruption-budget': {
    wrong: [the.deployment()],
    says: 'Deployment/shop/web: spec.replicas: got 2 pods and no PodDisruptionBudget that selects them; make one with maxUnavailable: 1',
    alsoWrong: [[the.deployment(), the.budget({ selector: { matchLabels: { app: 'api' } } })], [the.deployment(), the.budget({ selector: undefined })], [the.deployment(the.pod(), { replicas: undefined }), the.autoscaler()]],
    right: [[the.deployment(), the.budget()], [the.deployment(), the.budget({ selector: {} })], [the.deployment(the.pod(), { replicas: 1 })]],
    unknown: [[the.deployment(), the.budget({ selector: UNKNOWN })], [the.deployment(the.pod(), { replicas: UNKNOWN })], [the.deployment(the.pod(), {}, { labels: { app: UNKNOWN } })]],
  },
  drainable: {
    wrong: [the.deployment(), the.budget({ maxUnavailable: undefined, minAvailable: 2 })],
    says: 'PodDisruptionBudget/shop/web: spec.minAvailable: got 2 for 2 pods; leave at least one pod free to go, such as by maxUnavailable: 1',
    alsoWrong: [[the.budget({ maxUnavailable: 0 })], [the.budget({ maxUnavailable: '0%' })], [the.budget({ maxUnavailable: undefined, minAvailable: '100%' })], [the.deployment(the.pod(), { replicas: 1 }), the.budget({ maxUnavailable: undefined, minAvailable: 1 })], [the.deployment(), the.budget(), the.budget({}, 'second')]],
    right: [[the.deployment(), the.budget()], [the.deployment(the.pod(), { replicas: undefined }), the.autoscaler(), the.budget({ maxUnavailable: undefined, minAvailable: 2 })], [the.budget({ maxUnavailable: undefined, minAvailable: 2 })]],
    unknown: [[the.deployment(), the.object('apps/v1', 'StatefulSet', { spec: { replicas: 3, template: UNKNOWN } }), the.budget({ maxUnavailable: undefined, minAvailable: 2 })], [the.deployment(), the.deployment(the.pod(), {}, { labels: { app: UNKNOWN } }), the.budget({ maxUnavailable: undefined, minAvailable: 2 })], [the.deployment(), the.budget({ maxUnavailable: UNKNOWN })], [the.deployment(the.pod(), { replicas: UNKNOWN }), the.budget({ maxUnavailable: undefined, minAvailable: 1 })]],
  },
  'helm-release': {
    wrong: [release],
    says: 'Release.helm.sh/default/Release: chart: got "ingress-nginx"; use kubernetes.helm.v4.Chart, or except it if you know what it makes',
    right: [[the.deployment()]],
    unknown: [[{ ...release, chart: UNKNOWN }]],
  },
};

it('every policy has its cases', () => {
  expect(Object.keys(CASES)).toEqual(POLICY_NAMES.filter((name) => !name.startsWith('cluster-')));
});

it('a stack that keeps every promise breaks nothing', async () => {
  expect(await verdict(...the.conforming())).toEqual([]);
});

describe.each(Object.entries(CASES) as [PolicyName, Case][])('%s', (name, { wrong, says, alsoWrong = [], right, unknown }) => {
  it('names the object, the path, what it got and the mend', async () => {
    expect(await only(name, wrong)).toEqual([says]);
  });

  it.each([wrong, ...alsoWrong].map((objects, index) => [index, objects] as const))('refuses case %i', async (_, objects) => {
    expect(await only(name, objects)).not.toEqual([]);
  });

  it.each(right.map((objects, index) => [index, objects] as const))('takes case %i', async (_, objects) => {
    expect(await only(name, objects)).toEqual([]);
  });

  it.each(unknown.map((objects, index) => [index, objects] as const))('says nothing of the unknown in case %i', async (_, objects) => {
    expect(await only(name, objects)).toEqual([]);
  });
});

it('never shows the value of a secret', async () => {
  expect((await verdict(env(url), the.secret({ stringData: { password: 'hunter2hunter2' } }))).join()).not.toContain('hunter2');
});
