import { Chart, Duration, type App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { only, problemsOf, render, templateOf, type AnyProps, type Manifests } from '../support';
import { cron, IMAGE, release, stateful, web, worker } from '../builders';

const templateIn = (manifests: Manifests) => templateOf(only(manifests, 'Deployment'));
const template = (props: AnyProps, options: Parameters<typeof render>[1] = {}) => templateIn(render(web(props), options));
const refused = (props: AnyProps, options: Parameters<typeof render>[1] = {}) => problemsOf(web(props), options);

describe('scheduling', () => {
  it('asks for nothing by default', () => {
    for (const key of ['nodeSelector', 'tolerations', 'affinity', 'priorityClassName']) expect(template({}).spec).not.toHaveProperty(key);
  });
  it('takes a node selector, tolerations and a priority class', () => {
    const tolerations = [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }];
    expect(template({ nodeSelector: { disk: 'ssd' }, tolerations, priorityClassName: 'high' }).spec).toMatchObject({ nodeSelector: { disk: 'ssd' }, tolerations, priorityClassName: 'high' });
  });
  it('takes all of them from defaults, and none where the workload says so', () => {
    const defaults = { nodeSelector: { a: 'b' }, tolerations: [{ key: 'a' }], priorityClassName: 'p', spot: 'prefer' as const };
    expect(template({}, { defaults }).spec).toMatchObject({ nodeSelector: { a: 'b' }, priorityClassName: 'p', tolerations: expect.arrayContaining([{ key: 'a' }]) as object[], affinity: {} });
    expect(template({ nodeSelector: {}, tolerations: [] }, { defaults: { nodeSelector: { a: 'b' }, tolerations: [{ key: 'a' }] } }).spec).not.toHaveProperty('tolerations');
    expect(template({ nodeSelector: {} }, { defaults: { nodeSelector: { a: 'b' } } }).spec).not.toHaveProperty('nodeSelector');
  });

  const LABELS = [['cloud.google.com/gke-spot', 'true'], ['eks.amazonaws.com/capacityType', 'SPOT'], ['karpenter.sh/capacity-type', 'spot']] as const;
  const terms = LABELS.map(([key, value]) => ({ matchExpressions: [{ key, operator: 'In', values: [value] }] }));
  it.each([
    ['prefer', { preferredDuringSchedulingIgnoredDuringExecution: terms.map((preference) => ({ weight: 100, preference })) }],
    ['require', { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } }],
  ])('may %s spot nodes, whoever provides them, beside its own tolerations', (spot, nodeAffinity) => {
    const { spec } = template({ spot, tolerations: [{ key: 'a', operator: 'Exists' }] });
    expect(spec.affinity).toEqual({ nodeAffinity });
    expect(spec.tolerations).toEqual([{ key: 'a', operator: 'Exists' }, ...LABELS.map(([key, value]) => ({ key, operator: 'Equal', value, effect: 'NoSchedule' }))]);
  });

  it.each<[AnyProps, string]>([
    [{ nodeSelector: { 'a b': 'x' } }, 'nodeSelector.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [{ nodeSelector: { a: true } }, 'nodeSelector.a: got true; text is allowed; put it in quotes'],
    [{ nodeSelector: 'ssd' }, 'nodeSelector: got "ssd"; an object is allowed'],
    [{ tolerations: { key: 'a' } }, 'tolerations: got {"key":"a"}; a list is allowed'],
    [{ priorityClassName: 'High' }, 'priorityClassName: got "High"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ priorityClassName: 1 }, 'priorityClassName: got 1; text is allowed; put it in quotes'],
    [{ spot: 'always' }, "spot: got \"always\"; 'prefer' and 'require' are allowed"],
    [{ spot: true }, 'spot: got true; text is allowed; put it in quotes'],
  ])('%j is refused', (props, message) => expect(refused(props)[0]).toBe(`[chart/web] ${message}`));
});

describe('shutdown', () => {
  const times = (shutdown: AnyProps | undefined, build = web) => {
    const { spec } = templateIn(render(build(shutdown ? { shutdown } : {}) as never));
    return { grace: spec.terminationGracePeriodSeconds, notice: (spec.containers[0]!.lifecycle as { preStop: { sleep: { seconds: number } } } | undefined)?.preStop.sleep.seconds };
  };

  it.each<[AnyProps | undefined, { grace: number; notice: number | undefined }]>([
    [undefined, { grace: 30, notice: 5 }],
    [{ drain: '1m' }, { grace: 70, notice: 5 }],
    [{ drain: Duration.minutes(1), notice: '10s' }, { grace: 75, notice: 10 }],
    [{ notice: '0s' }, { grace: 25, notice: undefined }],
    [{ grace: '2m' }, { grace: 120, notice: 5 }],
    [{ drain: '0s', notice: '0s', grace: '1s' }, { grace: 1, notice: undefined }],
  ])('of a WebApp: %j', (shutdown, expected) => expect(times(shutdown)).toEqual(expected));

  it('of a workload that takes no requests has no notice, also where a default gives one', () => {
    expect(times(undefined, worker as never)).toEqual({ grace: 25, notice: undefined });
    const { spec } = templateIn(render(worker(), { defaults: { shutdown: { notice: '30s', drain: '10s' } } }));
    expect(spec.terminationGracePeriodSeconds).toBe(15);
    for (const [build, kind] of [[cron, 'CronJob'], [release, 'Job']] as const) expect(templateOf(only(render(build()), kind)).spec.terminationGracePeriodSeconds).toBe(25);
  });

  const TIME = 'a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed, in whole seconds';
  it.each<[AnyProps, string]>([
    [{ grace: '25s' }, "shutdown.grace: got \"25s\"; more than notice (5 s) and drain (20 s) together is allowed, or the pod is killed while it works; raise 'grace' or lower 'drain'"],
    [{ drain: 5 }, `shutdown.drain: got 5; ${TIME}`],
    [{ drain: Duration.millis(1500) }, `shutdown.drain: got a Duration; ${TIME}`],
    [{ notice: 'soon' }, `shutdown.notice: got "soon"; ${TIME}`],
    [{ drian: '5s' }, 'shutdown.drian: got "5s"; no such prop here; did you mean "drain"?'],
  ])('%j is refused', (shutdown, message) => expect(refused({ shutdown })).toEqual([`[chart/web] ${message}`]));
  it('that is no object is refused', () => expect(refused({ shutdown: '30s' })).toEqual(['[chart/web] shutdown: got "30s"; an object is allowed']));
  it('with a notice to nobody is refused', () => expect(problemsOf(worker({ shutdown: { notice: '5s' } }))).toEqual(['[chart/worker] shutdown.notice: got "5s"; only a workload that takes requests has anyone to notify; remove it']));
});

describe('the service account', () => {
  const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

  it("is the workload's own by default, without a token", () => {
    const manifests = render(web());
    expect(only(manifests, 'ServiceAccount')).toMatchObject({ metadata: { name: 'web' }, automountServiceAccountToken: false });
    expect(templateIn(manifests).spec).toMatchObject({ serviceAccountName: 'web', automountServiceAccountToken: false });
  });
  it('may be another, by name or of cdk8s-plus', () => {
    expect(template({ serviceAccount: 'shared' }).spec.serviceAccountName).toBe('shared');
    const manifests = render((chart) => void web({ serviceAccount: new kplus.ServiceAccount(chart, 'sa', { metadata: { name: 'plus' } }) })(chart));
    expect(templateIn(manifests).spec.serviceAccountName).toBe('plus');
    expect(Object.keys(manifests)).not.toContain('ServiceAccount/web');
  });
  it('gets a Role and a token with permissions', () => {
    const manifests = render(web({ permissions: [rule], serviceAccount: 'shared' }));
    expect(only(manifests, 'Role')).toMatchObject({ metadata: { name: 'web' }, rules: [rule] });
    expect(only(manifests, 'RoleBinding')).toMatchObject({ metadata: { name: 'web' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' }, subjects: [{ kind: 'ServiceAccount', name: 'shared', namespace: 'shop' }] });
    expect(templateIn(manifests).spec.automountServiceAccountToken).toBe(true);
  });
  it('may get a token without', () => expect(template({ mountServiceAccountToken: true }).spec.automountServiceAccountToken).toBe(true));
  it('gets no Role of no permissions', () => expect(Object.keys(render(web({ permissions: [] })))).not.toContain('Role/web'));
  it('acts as an identity of the cloud', () => {
    const identity = { gcpServiceAccount: 'shop@acme.iam.gserviceaccount.com', awsRoleArn: 'arn:aws:iam::123456789012:role/path/shop' };
    expect(only(render(web({ identity })), 'ServiceAccount')).toHaveProperty('metadata.annotations', { 'iam.gke.io/gcp-service-account': identity.gcpServiceAccount, 'eks.amazonaws.com/role-arn': identity.awsRoleArn });
  });

  it('is made anew when it gets an identity of AWS, which reaches no pod that is there already, but not when its rights change', () => {
    const annotations = (identity?: object) => template(identity ? { identity } : {}).metadata.annotations ?? {};
    const aws = (action: string) => ({ rights: { aws: { statements: [{ actions: [action], resources: ['*'] }] } } });
    expect(annotations()).toEqual({});
    expect(annotations({ rights: { gcp: [{ role: 'roles/cloudtrace.agent' }] } })).toEqual({});
    expect(annotations(aws('s3:GetObject'))).toEqual({ 'fairlead.dev/aws-identity': 'rights' });
    expect(annotations(aws('s3:PutObject'))).toEqual(annotations(aws('s3:GetObject')));
    expect(annotations({ awsRoleArn: 'arn:aws:iam::123456789012:role/a' })).toEqual({ 'fairlead.dev/aws-identity': 'arn:aws:iam::123456789012:role/a' });
  });

  const RULE = 'apiGroups, resources and verbs are required, such as { apiGroups: [""], resources: ["pods"], verbs: ["get"] }';
  it.each<[AnyProps, string]>([
    [{ serviceAccount: 'A' }, 'serviceAccount: got "A"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ serviceAccount: '' }, 'serviceAccount: got ""; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ serviceAccount: {} }, 'serviceAccount: got {}; a name, or an object with one, is allowed'],
    [{ serviceAccount: null }, 'serviceAccount: got null; a name, or an object with one, is allowed'],
    [{ serviceAccount: 5 }, 'serviceAccount: got 5; a name, or an object with one, is allowed'],
    [{ serviceAccount: 'a', identity: { awsRoleArn: 'arn:aws:iam::123456789012:role/a' } }, "identity: got {\"awsRoleArn\":\"arn:aws:iam::123456789012:role/a\"}; it is written on the service account, and 'a' is made elsewhere; put it there, or leave 'serviceAccount' out"],
    [{ permissions: [rule], mountServiceAccountToken: false }, "mountServiceAccountToken: got false; 'permissions' are of no use without a token; remove one of the two"],
    [{ mountServiceAccountToken: 'yes' }, 'mountServiceAccountToken: got "yes"; true and false are allowed'],
    [{ permissions: rule }, 'permissions: got {"apiGroups":[""],"resources":["pods"],"verbs":["get"]}; a list is allowed'],
    [{ permissions: [{ resources: ['pods'], verbs: ['get'] }] }, `permissions[0]: got {"resources":["pods"],"verbs":["get"]}; ${RULE}`],
    [{ permissions: [{ ...rule, verbs: [] }] }, `permissions[0]: got {"apiGroups":[""],"resources":["pods"],"verbs":[]}; ${RULE}`],
    [{ permissions: [null] }, `permissions[0]: got null; ${RULE}`],
    [{ identity: {} }, "identity: got {}; 'rights', 'gcpServiceAccount' or 'awsRoleArn' is required"],
    [{ identity: { rights: {} } }, "identity.rights: got {}; 'gcp' or 'aws' is required"],
    [{ identity: { rights: 'all' } }, 'identity.rights: got "all"; an object is allowed'],
    [{ identity: { rights: { gcp: [{ role: 'roles/owner' }] } } }, 'identity.rights.gcp[0].role: got "roles/owner"; a role for one service is allowed, such as "roles/storage.objectViewer"; this one grants nearly everything in the project'],
    [{ identity: { rights: { gcp: [null] } } }, 'identity.rights.gcp[0]: got null; an object is allowed'],
    [{ identity: { rights: { aws: {} } } }, "identity.rights.aws: got {}; 'policies' or 'statements' is required"],
    [{ identity: { rights: { aws: { policies: ['AmazonS3ReadOnlyAccess'] } } } }, 'identity.rights.aws.policies[0]: got "AmazonS3ReadOnlyAccess"; the ARN of a managed policy is allowed: arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
    [{ identity: { rights: { aws: { policies: ['arn:aws:iam::aws:policy/AdministratorAccess'] } } } }, 'identity.rights.aws.policies[0]: got "arn:aws:iam::aws:policy/AdministratorAccess"; a policy for one service is allowed; this one grants everything'],
    [{ identity: { rights: { aws: { statements: [{ actions: ['*'], resources: ['*'] }] } } } }, 'identity.rights.aws.statements[0].actions[0]: got "*"; an action of one service is allowed, such as "s3:GetObject"'],
    [{ identity: { rights: { aws: { statements: [{ actions: ['s3:GetObject'], resources: [] }] } } } }, 'identity.rights.aws.statements[0].resources: got []; at least one ARN is required, such as "arn:aws:s3:::orders/*"'],
    [{ identity: { gcpServiceAccount: 'shop@acme.iam.gserviceaccount.com', rights: { gcp: [{ role: 'roles/cloudtrace.agent' }] } } }, "identity.gcpServiceAccount: got \"shop@acme.iam.gserviceaccount.com\"; the workload acts as this one, and 'rights.gcp' are for the workload itself; remove one of the two"],
    [{ identity: { awsRoleArn: 'arn:aws:iam::123456789012:role/a', rights: { aws: { policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } } } }, "identity.awsRoleArn: got \"arn:aws:iam::123456789012:role/a\"; the workload acts as this one, and 'rights.aws' are for the workload itself; remove one of the two"],
    [{ identity: 'x' }, 'identity: got "x"; an object is allowed'],
    [{ identity: { gcp: 'x', awsRoleArn: 'arn:aws:iam::123456789012:role/a' } }, 'identity.gcp: got "x"; no such prop here'],
    [{ identity: { gcpServiceAccount: 'shop@example.com' } }, 'identity.gcpServiceAccount: got "shop@example.com"; the e-mail of a Google service account is allowed: name@project.iam.gserviceaccount.com'],
    [{ identity: { awsRoleArn: 'arn:aws:iam::12:role/a' } }, 'identity.awsRoleArn: got "arn:aws:iam::12:role/a"; the ARN of an IAM role is allowed: arn:aws:iam::123456789012:role/name'],
  ])('%j is refused', (props, message) => expect(refused(props)[0]).toBe(`[chart/web] ${message}`));

  it('with rights in the cloud needs a namespace, which they are granted in', () => {
    const problems = problemsOf((chart) => void web({ identity: { rights: { gcp: [{ role: 'roles/cloudtrace.agent' }] } } })(new Chart(chart.node.root as App, 'bare')));
    expect(problems).toContain('[bare/web] identity.rights: they are granted to a service account of a namespace; set the namespace of the chart');
  });
  it('with rights in the cloud needs no annotation', () => {
    const rights = { gcp: [{ role: 'roles/cloudtrace.agent' }] };
    expect(only(render(web({ identity: { rights } })), 'ServiceAccount')).not.toHaveProperty('metadata.annotations');
  });

  it('with permissions needs a namespace, which the RoleBinding names', () => {
    const problems = problemsOf((chart) => void web({ permissions: [rule] })(new Chart(chart.node.root as App, 'bare')));
    expect(problems).toContain("[bare/web] permissions: the RoleBinding must name the service account's namespace; set the namespace of the chart");
  });
});

describe('the pod', () => {
  it('takes labels and annotations of its own', () => {
    const { metadata } = template({ podLabels: { a: 'b' }, podAnnotations: { c: 'd' } });
    expect(metadata).toMatchObject({ labels: { a: 'b', 'app.kubernetes.io/name': 'web' }, annotations: { c: 'd' } });
  });
  it('pulls its images with Secrets, given or by default', () => {
    expect(template({ imagePullSecrets: ['a', { name: 'b' }] }).spec.imagePullSecrets).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(template({}, { defaults: { imagePullSecrets: ['c'] } }).spec.imagePullSecrets).toEqual([{ name: 'c' }]);
    expect(template({ imagePullSecrets: [] }, { defaults: { imagePullSecrets: ['c'] } }).spec).not.toHaveProperty('imagePullSecrets');
  });
  it('names its main container after the workload, or otherwise', () => {
    expect(template({}).spec.containers[0]!.name).toBe('web');
    expect(template({ containerName: 'app' }).spec.containers[0]!.name).toBe('app');
  });

  it.each<[AnyProps, string]>([
    [{ podLabels: { 'app.kubernetes.io/name': 'x' } }, 'podLabels.app.kubernetes.io/name: got "x"; pods are selected by this label; remove it'],
    [{ podLabels: { a: 5 } }, 'podLabels.a: got 5; text is allowed; put it in quotes'],
    [{ podLabels: { a: '-' } }, 'podLabels.a: got "-"; letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text'],
    [{ podAnnotations: { 'a b': 'x' } }, 'podAnnotations.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [{ podAnnotations: { a: null } }, 'podAnnotations.a: got null; text is allowed'],
    [{ imagePullSecrets: 'a' }, 'imagePullSecrets: got "a"; a list is allowed'],
    [{ imagePullSecrets: [null] }, 'imagePullSecrets[0]: got nothing; text is allowed'],
    [{ containerName: 'App' }, 'containerName: got "App"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [{ containerName: 5 }, 'containerName: got 5; text is allowed; put it in quotes'],
  ])('%j is refused', (props, message) => expect(refused(props)[0]).toBe(`[chart/web] ${message}`));
});

describe('sidecars and init containers', () => {
  const props = { sidecars: { first: { image: 'a:1' }, second: { image: 'b:1' } }, initContainers: { third: { image: 'c:1' }, fourth: { image: 'd:1' } } };

  it('start in order, sidecars first; only sidecars restart', () => {
    for (const [build, kind] of [[web, 'Deployment'], [stateful, 'StatefulSet'], [cron, 'CronJob'], [release, 'Job']] as const) {
      const { initContainers } = templateOf(only(render(build(props)), kind)).spec;
      expect(initContainers!.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([['first', 'Always'], ['second', 'Always'], ['third', undefined], ['fourth', undefined]]);
    }
  });

  it('take everything that the main container takes', () => {
    const full = { image: 'a:1', imagePullPolicy: 'Always', command: ['c'], args: ['a'], workingDir: '/w', env: { A: 'b' }, resources: { requests: { cpu: 1 } }, writablePaths: ['/tmp'] };
    const { initContainers } = template({ sidecars: { side: full }, initContainers: { init: full } }).spec;
    for (const container of initContainers!) {
      expect(container).toMatchObject({ image: 'a:1', imagePullPolicy: 'Always', command: ['c'], args: ['a'], workingDir: '/w', env: [{ name: 'A', value: 'b' }], resources: { requests: { cpu: '1' } }, volumeMounts: [{ name: `${container.name}-tmp`, mountPath: '/tmp' }] });
    }
  });

  it('a sidecar has the probes and ports that it is given, and the Service its ports', () => {
    const manifests = render(web({ sidecars: { proxy: { image: 'a:1', ports: { admin: 9901 }, probes: { startup: { http: { path: '/ready', port: 'admin' } } } }, silent: { image: 'a:1', ports: { http2: 7000 } } } }));
    const [proxy, silent] = templateIn(manifests).spec.initContainers!;
    expect(proxy).toMatchObject({ ports: [{ name: 'admin', containerPort: 9901 }], startupProbe: { httpGet: { path: '/ready', port: 9901 } } });
    expect(proxy).not.toHaveProperty('livenessProbe');
    for (const key of ['readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle']) expect(silent).not.toHaveProperty(key);
    expect((only(manifests, 'Service').spec as { ports: { name: string }[] }).ports.map(({ name }) => name)).toEqual(['http', 'admin', 'http2']);
  });
  it('a probe of a sidecar that is left out by undefined is left out', () => {
    expect(template({ sidecars: { a: { image: 'a:1', ports: { http: 1 }, probes: { liveness: undefined } } }, ports: { web: 80 } }).spec.initContainers![0]).not.toHaveProperty('livenessProbe');
  });

  it('names with dashes give properties in camel case, for patches', () => {
    const manifests = render(web({ sidecars: { 'a-b': { image: 'a:1', config: { A: '1' } } }, patches: { aBConfig: { metadata: { labels: { x: 'y' } } } } }));
    expect(only(manifests, 'ConfigMap')).toHaveProperty('metadata.labels.x', 'y');
  });

  it.each<[AnyProps, string]>([
    [{ sidecars: [] }, 'sidecars: got []; an object is allowed'],
    [{ sidecars: { a: null } }, 'sidecars.a: got null; an object is allowed'],
    [{ initContainers: { a: 'x:1' } }, 'initContainers.a: got "x:1"; an object is allowed'],
    [{ sidecars: { a: { image: 'a:1', imge: 'x' } } }, 'sidecars.a.imge: got "x"; no such prop here; did you mean "image"?'],
    [{ initContainers: { a: { image: 'a:1', probes: {} } } }, 'initContainers.a.probes: got {}; no such prop here'],
    [{ initContainers: { a: { image: 'a:1', ports: {} } } }, 'initContainers.a.ports: got {}; no such prop here'],
    [{ sidecars: { A: { image: 'a:1' } } }, 'sidecars.A: got "A"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [{ sidecars: { a: { image: 'a:1', env: 'x' } } }, 'sidecars.a.env: got "x"; an object is allowed'],
    [{ sidecars: { web: { image: 'a:1' } } }, 'containerName: got "web"; two containers of the pod have this name; rename one'],
    [{ sidecars: { a: { image: 'a:1', config: { A: '1' } } }, initContainers: { a: { image: 'a:1', config: { A: '2' } } } }, 'aConfig: two parts of the workload would make an object of this name; rename one of them'],
    [{ sidecars: { a: { image: 'a:1', ports: { http: 1 } } } }, "sidecars.a.ports.http: got 1; the pod has port 'http' (8080) already; its containers share their ports and the Service"],
    [{ sidecars: { a: { image: 'a:1', ports: { x: 8080 } } } }, "sidecars.a.ports.x: got 8080; the pod has port 'http' (8080) already; its containers share their ports and the Service"],
    [{ sidecars: { a: { image: 'a:1', ports: { x: { port: 1, servicePort: 8080 } } } } }, "sidecars.a.ports.x: got 1; the pod has port 'http' (8080) already; its containers share their ports and the Service"],
    [{ sidecars: { a: { image: 'a:1', ports: { x: 0 } } } }, 'sidecars.a.ports.x: got 0; a whole number from 1 to 65535 is allowed'],
    [{ sidecars: { a: { image: 'a:1', probes: { startup: { http: '/' } } } } }, "sidecars.a.probes.startup.http: got \"/\"; a workload without a port can't be asked over the network; use 'exec', or declare the port in 'ports'"],
  ])('%j is refused', (given, message) => expect(refused(given)[0]).toBe(`[chart/web] ${message}`));

  it('may be called what JavaScript holds to be special', () => {
    expect(template({ sidecars: { constructor: { image: IMAGE, config: { A: '1' } } } }).spec.initContainers![0]!.name).toBe('constructor');
  });
});

describe('the main container', () => {
  it.each<[AnyProps, AnyProps]>([
    [{ command: ['a', 'b'] }, { command: ['a', 'b'] }],
    [{ args: ['--x'] }, { args: ['--x'] }],
    [{ workingDir: '/srv' }, { workingDir: '/srv' }],
  ])('takes %j', (given, rendered) => expect(template(given).spec.containers[0]).toMatchObject(rendered));
  it('leaves them to the image by default', () => {
    for (const key of ['command', 'args', 'workingDir']) expect(template({ command: [], args: [] }).spec.containers[0]).not.toHaveProperty(key);
  });
  it.each<[AnyProps, string]>([
    [{ command: 'npm start' }, 'command: got "npm start"; a list of text is allowed'],
    [{ args: ['--port', 8080] }, 'args[1]: got 8080; text is allowed; put it in quotes'],
    [{ workingDir: 'srv' }, 'workingDir: got "srv"; an absolute path is allowed'],
    [{ workingDir: 5 }, 'workingDir: got 5; text is allowed; put it in quotes'],
  ])('%j is refused', (given, message) => expect(refused(given)).toEqual([`[chart/web] ${message}`]));
});
