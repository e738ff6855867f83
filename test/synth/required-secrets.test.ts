import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { allOfSecret, App, ExternalSecret, fileFromSecret, fromSecret, SealedSecret, Volume, Worker, type RequiredSecret, type WorkerProps } from '../../lib';

const image = 'ghcr.io/acme/shop:1.4.2';
/** As kubeseal writes it: the length of the encrypted key, that key, the value. */
const SEALED = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(600, 7)]).toString('base64');
const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: 'shop' }, spec: { containers: [{ name: 'main', image }], ...spec } });

function requiredBy(props: Partial<WorkerProps>, more: (chart: Chart) => void = () => {}): readonly RequiredSecret[] {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  new Worker(chart, 'worker', { image, ...props });
  more(chart);
  return app.render().requiredSecrets;
}

const needed = (name: string, keys: string[], neededBy = ['chart/worker']) => ({ namespace: 'shop', name, keys, neededBy });

test('variables, files, volumes and pull secrets need Secrets', () => {
  const required = requiredBy({
    env: { A: fromSecret('env', 'b'), B: fromSecret('env', 'a') },
    envFrom: [allOfSecret('all')],
    files: { '/etc/cert.pem': fileFromSecret('files', 'cert.pem') },
    mounts: { '/keys': Volume.secret('keys', 'volume') },
    imagePullSecrets: ['pull'],
  });
  expect([...required].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([needed('all', []), needed('env', ['a', 'b']), needed('files', ['cert.pem']), needed('pull', []), needed('volume', [])]);
});

test('optional ones need not be there', () => {
  expect(requiredBy({ env: { A: fromSecret('env', 'a', { optional: true }) }, envFrom: [allOfSecret('all', { optional: true })] })).toEqual([]);
});

test('what is sealed, external or among the objects is there', () => {
  const env = { A: fromSecret('sealed', 'a'), B: fromSecret('external', 'b'), C: fromSecret('own', 'c') };
  expect(
    requiredBy({ env }, (chart) => {
      new SealedSecret(chart, 'sealed', { encryptedData: { a: SEALED } });
      new ExternalSecret(chart, 'external', { store: 'vault', keys: { b: 'shop/b' } });
      new kplus.Secret(chart, 'own', { metadata: { name: 'own' }, stringData: { c: 'x' } });
    }),
  ).toEqual([]);
});

test('a Secret of another namespace does not do', () => {
  const more = (chart: Chart) => new kplus.Secret(new Chart(chart.node.root as App, 'other', { namespace: 'other' }), 'own', { metadata: { name: 'own' } });
  expect(requiredBy({ env: { A: fromSecret('own', 'a') } }, more)).toEqual([needed('own', ['a'])]);
});

test.each<[string, object, string, string[]]>([
  ['a projected volume', { volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'projected', items: [{ key: 'a', path: 'a' }] } }] } }] }, 'projected', ['a']],
  ['a CSI volume', { volumes: [{ name: 'v', csi: { driver: 'd', nodePublishSecretRef: { name: 'csi' } } }] }, 'csi', []],
  ['an Azure share', { volumes: [{ name: 'v', azureFile: { secretName: 'azure', shareName: 's' } }] }, 'azure', []],
])('%s', (_, spec, name, keys) => {
  const app = new App();
  new ApiObject(new Chart(app, 'chart'), 'pod', pod(spec));
  expect(app.render().requiredSecrets).toEqual([{ namespace: 'shop', name, keys, neededBy: ['chart/pod'] }]);
});

test.each([
  ['a certificate that cert-manager issues', { 'cert-manager.io/cluster-issuer': 'letsencrypt' }, []],
  ['one that somebody must put there', {}, [{ namespace: undefined, name: 'tls', keys: ['tls.crt', 'tls.key'], neededBy: ['chart/ingress'] }]],
])('an Ingress with %s', (_, annotations, expected) => {
  const app = new App();
  const spec = { tls: [{ hosts: ['a.example.com'], secretName: 'tls' }], defaultBackend: { service: { name: 'a', port: { number: 80 } } } };
  new ApiObject(new Chart(app, 'chart'), 'ingress', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { annotations }, spec });
  expect(app.render().requiredSecrets).toEqual(expected);
});

test('a service account that carries pull secrets needs them', () => {
  const app = new App();
  new ApiObject(new Chart(app, 'chart'), 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a' }, imagePullSecrets: [{ name: 'pull' }] });
  expect(app.render().requiredSecrets).toEqual([{ namespace: undefined, name: 'pull', keys: [], neededBy: ['chart/account'] }]);
});
