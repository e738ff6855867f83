/** Every name that an object gives leads to an object: what a cluster would notice only when pods hang or requests fail. */
import { loadAll } from 'js-yaml';
import { unresolvedReferences } from './references';
import type { GivenSecret, Obj } from './references/world';
import { NAMES, rendered } from './rendered';

/** As they stand in the files. */
const objectsOf = (environment: string) => [...rendered(environment).files.values()].flatMap((text) => loadAll(text) as Obj[]);
const secretsOf = (environment: string): readonly GivenSecret[] => rendered(environment).rendering.requiredSecrets;

it.each(NAMES)('every reference in %s leads somewhere', (environment) => {
  expect(objectsOf(environment).length).toBeGreaterThan(50);
  expect(unresolvedReferences(objectsOf(environment), secretsOf(environment))).toEqual([]);
});

describe('would notice', () => {
  const objects = objectsOf('staging');

  it('that any object is missing which others name or stand for', () => {
    const kinds = ['Namespace', 'ServiceAccount', 'ConfigMap', 'Service', 'Deployment', 'StatefulSet', 'Job', 'CronJob', 'Role', 'ClusterRole'];
    const named = objects.filter(({ kind }) => kinds.includes(kind));
    expect(new Set(named.map(({ kind }) => kind))).toEqual(new Set(kinds));
    const unnoticed = named.filter((object) => {
      const unresolved = unresolvedReferences(objects.filter((other) => other !== object), secretsOf('staging'));
      return !unresolved.join('\n').includes(object.metadata.name.replace(/-[0-9a-f]{10}$/, ''));
    });
    // Prometheus finds its pods by their labels; nobody asks for it by name.
    expect(unnoticed.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(['Service/kube-state-metrics']);
  });

  it('that nobody brings a Secret, or one of its keys', () => {
    const nobody = 'nobody is told to bring Secret';
    expect([...new Set(unresolvedReferences(objects, []))].sort()).toEqual([`CronJob/cart-expiry: container cart-expiry: ${nobody} boutique-secrets`, `Deployment/grafana: container grafana: ${nobody} monitoring-secrets`, `Deployment/grafana: ${nobody} monitoring-secrets`, `StatefulSet/alertmanager: ${nobody} monitoring-secrets`]);
    const [secret, ofMonitoring] = secretsOf('staging');
    expect(unresolvedReferences(objects, [{ ...secret!, keys: [] }, ofMonitoring!])).toEqual(['CronJob/cart-expiry: container cart-expiry: nobody is told of key heartbeatUrl in Secret boutique-secrets']);
  });

  /** The staging objects with a text replaced in those of one kind and name. */
  function altered(kind: string, name: RegExp, from: string | RegExp, to: string): string[] {
    const changed = objects.map((object) => (object.kind === kind && name.test(object.metadata.name) ? (JSON.parse(JSON.stringify(object).replaceAll(from, to)) as Obj) : object));
    expect(changed).not.toEqual(objects);
    return unresolvedReferences(changed, secretsOf('staging'));
  }

  it.each([
    ['a key that a ConfigMap lacks', 'ConfigMap', /^cart-expiry-files/, 'scripts_expire.sh', 'scripts_expired.sh', /no key scripts_expire\.sh in ConfigMap cart-expiry-files/],
    ['a volume that a pod lacks', 'CronJob', /^cart-expiry$/, '"volumeMounts":[{"name":"files"', '"volumeMounts":[{"name":"papers"', /no volume papers/],
    ['a probe of a port that the container lacks', 'Deployment', /^frontend$/, '"containerPort":8080', '"containerPort":8081', /a probe asks port/],
    ['a selector that misses its own pods', 'Deployment', /^frontend$/, '"matchLabels":{"app.kubernetes.io/component":"web"', '"matchLabels":{"app.kubernetes.io/component":"api"', /its selector does not choose its own pods/],
    ['a Service that leads to no port', 'Service', /^emailservice$/, '"targetPort":8080', '"targetPort":8081', /leads to port 8081, which its pods do not have/],
    ['a Service that selects too much', 'Service', /^emailservice$/, ',"app.kubernetes.io/name":"emailservice"}', '}', /selects the pods of \d+ workloads/],
    ['a headless Service that is not', 'Service', /^redis-cart-headless$/, '"clusterIP":"None"', '"clusterIP":""', /Service redis-cart-headless is not headless/],
    ['an Ingress to a port that its Service lacks', 'Ingress', /^frontend$/, '"number":80', '"number":8080', /no port 8080 on Service frontend/],
    ['a certificate that nobody issues', 'Ingress', /^frontend$/, 'cert-manager.io/cluster-issuer', 'cert-manager.io/ignored', /nobody issues or brings the certificate frontend-tls/],
    ['an autoscaler of nothing', 'HorizontalPodAutoscaler', /^frontend$/, '"kind":"Deployment"', '"kind":"StatefulSet"', /no StatefulSet frontend/],
    ['an autoscaler that measures what nobody requests', 'HorizontalPodAutoscaler', /^frontend$/, '"name":"cpu"', '"name":"gpu"', /requests no gpu/],
    ['an autoscaler that a number of replicas fights', 'Deployment', /^frontend$/, '"spec":{"revision', '"spec":{"replicas":2,"revision', /has a number of replicas of its own/],
    ['two autoscalers of one workload', 'HorizontalPodAutoscaler', /^adservice$/, '"name":"adservice"}', '"name":"frontend"}', /another HorizontalPodAutoscaler has the same target/],
    ['a budget over nobody', 'PodDisruptionBudget', /^frontend$/, '"app.kubernetes.io/name":"frontend"}', '"app.kubernetes.io/name":"front"}', /selects the pods of 0 workloads/],
    ['a policy with a peer that is not there', 'NetworkPolicy', /^redis-cart$/, '"app.kubernetes.io/name":"cart-expiry"', '"app.kubernetes.io/name":"expiry"', /no pods with .*expiry/],
    ['a policy with a namespace that is not there', 'NetworkPolicy', /^frontend$/, '"ingress-nginx"', '"ingress"', /no namespace with kubernetes\.io\/metadata\.name=ingress/],
    ['a policy for a port that is not there', 'NetworkPolicy', /^redis-cart$/, '6379', '6380', /lets requests in to port 6380, which its pods do not have/],
    ['a policy that keeps a caller out', 'NetworkPolicy', /^cartservice$/, '"app.kubernetes.io/name":"frontend"', '"app.kubernetes.io/name":"adservice"', /Deployment\/frontend: CART_SERVICE_ADDR: the network policies keep it from cartservice:7070/],
    ['a file with an address that no Service has', 'ConfigMap', /^grafana-files/, 'http://prometheus.', 'http://prometheuse.', /ConfigMap\/grafana-files.*: no Service with prometheuse\.boutique-staging-monitoring:9090/],
    ['rights for nobody', 'RoleBinding', /prometheus$/, '"kind":"ServiceAccount","name":"prometheus"', '"kind":"ServiceAccount","name":"prometheuse"', /RoleBinding\/.*: no ServiceAccount prometheuse/],
    ['an address with a port that the Service lacks', 'Deployment', /^frontend$/, 'cartservice:7070', 'cartservice:7071', /CART_SERVICE_ADDR: no Service with cartservice:7071/],
  ])('%s', (_, kind, name, from, to, expected) => {
    expect(altered(kind, name, from, to).join('\n')).toMatch(expected);
  });
});
