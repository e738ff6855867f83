import { connect, changesBetween, type Cluster } from './harness/cluster';
import { CRD_SETS } from './harness/crds';
import type { KubeObject } from './harness/objects';

const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };

// A cluster that somebody named has its own nodes and storage, and its pods do not fail on demand.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('the control plane that the tests start', () => {
  let cluster: Cluster;
  const namespaces: string[] = [];

  beforeAll(async () => {
    cluster = await connect();
  });

  afterAll(async () => {
    await Promise.all(namespaces.map((name) => cluster.kubectl.run(['delete', 'namespace', name, '--wait=false'])));
    await cluster.close();
  });

  async function newNamespace(labels: Record<string, string> = RESTRICTED): Promise<string> {
    const name = await cluster.createNamespace('harness', labels);
    namespaces.push(name);
    return name;
  }

  describe('with a bit of everything in a restricted namespace', () => {
    let namespace: string;

    beforeAll(async () => {
      namespace = await newNamespace();
      const result = await cluster.apply(everything(), { namespace });
      expect(result.warnings).toEqual([]);
      expect(result.applied).toHaveLength(everything().length);
      await cluster.waitReady(namespace);
    });

    it('scales to the minimum of an HPA although nothing measures', async () => {
      const web = await cluster.get('deployment', 'web', namespace);
      expect(web?.status).toMatchObject({ replicas: 2, availableReplicas: 2 });
    });

    it('spreads replicas over zones', async () => {
      const pods = await cluster.list<KubeObject & { spec: { nodeName: string } }>('pods', namespace, 'app=web');
      expect(new Set(pods.map((pod) => pod.spec.nodeName)).size).toBe(2);
    });

    it('runs a daemon on each of the three nodes', async () => {
      const agent = await cluster.get('daemonset', 'agent', namespace);
      expect(agent?.status).toMatchObject({ numberAvailable: 3 });
    });

    it('binds the claims of a StatefulSet to volumes of the default class', async () => {
      const claims = await cluster.list('persistentvolumeclaims', namespace);
      expect(claims.map((claim) => [claim.metadata.name, claim.spec?.storageClassName, claim.status?.phase])).toEqual([
        ['data-store-0', 'kwok-volume', 'Bound'],
        ['data-store-1', 'kwok-volume', 'Bound'],
      ]);
    });

    it('lets a disruption budget count the pods it protects', async () => {
      const budget = await cluster.get('poddisruptionbudget', 'web', namespace);
      expect(budget?.status).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 1 });
    });

    it('changes nothing and rolls nothing when the same is applied again', async () => {
      const before = await cluster.snapshot(namespace);
      await cluster.apply(everything(), { namespace });
      await cluster.waitReady(namespace);
      const after = await cluster.snapshot(namespace);
      expect(changesBetween(before, after)).toEqual([]);
      expect(after.objects['Deployment/web']).toEqual(before.objects['Deployment/web']);
    });

    it('shows what rolled when a pod template changes', async () => {
      const before = await cluster.snapshot(namespace);
      await cluster.apply(daemonSet({ version: '2' }), { namespace });
      await cluster.waitReady(namespace);
      const changes = changesBetween(before, await cluster.snapshot(namespace));
      expect(changes).toEqual(['DaemonSet/agent changed', 'pods of DaemonSet/agent changed']);
    });
  });

  it('refuses a field that does not exist', async () => {
    const namespace = await newNamespace();
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'typo' }, datum: { a: 'b' } };
    await expect(cluster.apply(object, { namespace })).rejects.toThrow(/datum: field not declared in schema/);
  });

  it('refuses a privileged pod in a restricted namespace', async () => {
    const namespace = await newNamespace();
    const spec = { containers: [{ name: 'main', image: 'app', securityContext: { privileged: true } }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'privileged' }, spec };
    await expect(cluster.apply(pod, { namespace })).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  it('says why a Deployment gets no pods when Pod Security refuses them', async () => {
    const namespace = await newNamespace();
    const web = deployment() as { spec: { template: { spec: object } } };
    web.spec.template.spec = { containers: [{ name: 'main', image: 'app' }] };
    const result = await cluster.apply(web, { namespace });
    // Enforcing refuses pods only, which appear later; of their templates it warns.
    expect(result.warnings).toEqual([expect.stringContaining('would violate PodSecurity "restricted')]);
    await expect(cluster.waitReady(namespace, { timeoutSeconds: 3 })).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  it('reports the warnings of the API server', async () => {
    const namespace = await newNamespace({ 'pod-security.kubernetes.io/warn': 'restricted' });
    const deprecated = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'old' } };
    const lax = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lax' }, spec: { containers: [{ name: 'main', image: 'app' }] } };
    const result = await cluster.apply([deprecated, lax], { namespace });
    expect(result.warnings).toEqual([
      expect.stringContaining('v1 Endpoints is deprecated'),
      expect.stringContaining('would violate PodSecurity "restricted'),
    ]);
  });

  it.each(['container', 'init-container'] as const)('notices at once that a Job fails by its %s', async (fails) => {
    const namespace = await newNamespace();
    const chaos = await cluster.chaos({ namespace, labels: { app: 'migrate' }, fails, exitCode: 42 });
    await cluster.apply(job(), { namespace });
    const name = fails === 'container' ? 'main' : 'prepare';
    const wait = cluster.waitReady(namespace);
    await expect(wait).rejects.toThrow(/Job\/migrate: failed: BackoffLimitExceeded/);
    await expect(wait).rejects.toThrow(`container ${name}: Error: made to fail by chaos, exit code 42`);
    await chaos.stop();
  });

  it('makes running pods crash, and lets them recover', async () => {
    const namespace = await newNamespace();
    await cluster.apply(deployment(), { namespace });
    await cluster.waitReady(namespace);
    const chaos = await cluster.chaos({ namespace, labels: { app: 'web' }, fails: 'container' });
    await expect(cluster.waitReady(namespace, { timeoutSeconds: 2 })).rejects.toThrow(/CrashLoopBackOff/);
    await chaos.stop();
    await cluster.waitReady(namespace);
  });

  it('knows the custom resources of other projects once installed', async () => {
    await cluster.installCrds(CRD_SETS);
    const namespace = await newNamespace();
    const spec = { scaleTargetRef: { name: 'web' }, triggers: [{ type: 'cpu', metadata: { value: '50' } }] };
    const scaled = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'web' }, spec };
    await cluster.apply(scaled, { namespace });
    const wrong = { ...scaled, spec: { ...spec, minimumReplicas: 2 } };
    await expect(cluster.apply(wrong, { namespace })).rejects.toThrow(/minimumReplicas: field not declared in schema/);
  });
});

const container = {
  name: 'main',
  image: 'registry.example/app:1',
  resources: { requests: { cpu: '100m', memory: '128Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

function labelled(app: string, spec: object = {}, annotations: Record<string, string> = {}): object {
  return { metadata: { labels: { app }, annotations }, spec: { containers: [container], ...spec } };
}

function deployment(): object {
  const spread = {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { app: 'web' } },
  };
  const template = labelled('web', { topologySpreadConstraints: [spread] });
  const spec = { selector: { matchLabels: { app: 'web' } }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
}

function daemonSet(annotations: Record<string, string> = {}): object {
  const spec = { selector: { matchLabels: { app: 'agent' } }, template: labelled('agent', {}, annotations) };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec };
}

function statefulSet(): object {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const spec = {
    serviceName: 'store',
    replicas: 2,
    selector: { matchLabels: { app: 'store' } },
    template: labelled('store'),
    volumeClaimTemplates: [claim],
  };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'store' }, spec };
}

function job(): object {
  const sidecar = { ...container, name: 'proxy', restartPolicy: 'Always' };
  const prepare = { ...container, name: 'prepare' };
  const template = labelled('migrate', { restartPolicy: 'Never', initContainers: [sidecar, prepare] });
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' }, spec: { backoffLimit: 0, template } };
}

function everything(): object[] {
  const port = { name: 'http', port: 80, targetPort: 8080 };
  const backend = { service: { name: 'web', port: { name: 'http' } } };
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } };
  const cron = { template: labelled('report', { restartPolicy: 'Never' }) };
  const selector = { matchLabels: { app: 'web' } };
  return [
    deployment(),
    statefulSet(),
    daemonSet(),
    job(),
    object('batch/v1', 'CronJob', 'report', { schedule: '0 3 * * *', jobTemplate: { spec: cron } }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
      scaleTargetRef,
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [cpu],
    }),
    object('policy/v1', 'PodDisruptionBudget', 'web', { maxUnavailable: 1, selector }),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'web', { podSelector: selector, policyTypes: ['Ingress'] }),
    object('v1', 'Service', 'web', { selector: { app: 'web' }, ports: [port] }),
    object('networking.k8s.io/v1', 'Ingress', 'web', {
      rules: [{ host: 'web.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    }),
  ];
}

function object(apiVersion: string, kind: string, name: string, spec: object): object {
  return { apiVersion, kind, metadata: { name }, spec };
}
