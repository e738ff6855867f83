import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { currentContext } from '../../stacks/pulumi/kubeconfig';
import { checkLocalCluster } from '../../stacks/pulumi/local-cluster';
import { kubeconfig, MINIKUBE } from './kubeconfig';

const directory = mkdtempSync(join(tmpdir(), 'fairlead-kubeconfig-'));
const before = process.env.KUBECONFIG;
afterEach(() => {
  if (before === undefined) delete process.env.KUBECONFIG;
  else process.env.KUBECONFIG = before;
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Checks the one context of a kubeconfig. */
function check(context: string, cluster: string | object): () => void {
  writeFileSync(join(directory, 'config'), kubeconfig({ [context]: cluster }));
  return () => checkLocalCluster(directory, { context, kubeconfig: 'config' });
}

describe('local may go to', () => {
  test.each([
    ['kind', 'kind-dev', 'https://127.0.0.1:40001'],
    ['loopback', 'a', 'https://127.8.0.1:6443'],
    ['loopback, in IPv6', 'a', 'https://[::1]:6443'],
    ['localhost', 'docker-desktop', 'https://localhost:6443'],
    ['kind on all addresses', 'kind-dev', 'https://0.0.0.0:40001'],
    ['kind, from inside its network', 'kind-dev', 'https://dev-control-plane:6443'],
    ['minikube', 'minikube', { server: 'https://192.168.49.2:8443', extensions: MINIKUBE }],
    ['minikube, from inside its network', 'profile', { server: 'https://control-plane.minikube.internal:8443', extensions: MINIKUBE }],
  ])('%s', (_, context, cluster) => {
    expect(check(context, cluster)).not.toThrow();
  });
});

describe('local may not go to', () => {
  test.each([
    ['the cloud', 'gke', 'https://34.65.1.2', '34.65.1.2'],
    ['the cloud by a kind name', 'kind-dev', 'https://34.65.1.2', '34.65.1.2'],
    ['another node by a kind name', 'kind-dev', 'https://prod-control-plane:6443', 'prod-control-plane:6443'],
    ['the network around', 'minikube', 'https://192.168.49.2:8443', '192.168.49.2:8443'],
    ['the cloud with an entry copied from minikube', 'minikube', { server: 'https://34.65.1.2', extensions: MINIKUBE }, '34.65.1.2'],
    ['a name that only starts like loopback', 'a', 'https://127.0.0.1.example.com', '127.0.0.1.example.com'],
    ['loopback of a proxy', 'a', { server: 'https://127.0.0.1:6443', 'proxy-url': 'http://proxy.example.com' }, '127.0.0.1:6443, through a proxy'],
  ])('%s', (_, context, cluster, shown) => {
    expect(check(context, cluster)).toThrow(`context: got "${context}", whose server is ${shown}; allowed: a server on this machine (loopback), of kind or of minikube: local is deployed nowhere else`);
  });

  test('a context that is not there', () => {
    check('kind-dev', 'https://127.0.0.1');
    expect(() => checkLocalCluster(directory, { context: 'kind-def', kubeconfig: 'config' })).toThrow('context: got "kind-def"; allowed: a context of the kubeconfig: kind-dev');
  });

  test('a context whose cluster has no address', () => {
    expect(check('a', {})).toThrow('context: got "a", whose cluster has no address');
    expect(check('a', { server: 'no url' })).toThrow('context: got "a", whose cluster has no address');
  });

  test('where no kubeconfig is, or one that is no YAML, of which nothing is shown', () => {
    expect(() => checkLocalCluster(directory, { context: 'a', kubeconfig: 'missing' })).toThrow('kubeconfig: got "missing", which is no file; allowed: the path of a kubeconfig');
    writeFileSync(join(directory, 'broken'), 'users: [canary-3f1c');
    expect(() => checkLocalCluster(directory, { context: 'a', kubeconfig: 'broken' })).toThrow(/^kubeconfig: got ".*broken", which is no YAML; allowed: the path of a kubeconfig$/);
  });
});

describe('without a path', () => {
  test('the files that kubectl reads are read, the first entry of a name wins', () => {
    const [first, second] = [join(directory, 'first'), join(directory, 'second')];
    writeFileSync(first, kubeconfig({ a: 'https://127.0.0.1' }));
    writeFileSync(second, kubeconfig({ a: 'https://34.65.1.2', b: 'https://34.65.1.2' }));
    process.env.KUBECONFIG = [first, join(directory, 'missing'), second].join(delimiter);
    expect(() => checkLocalCluster(directory, { context: 'a' })).not.toThrow();
    expect(() => checkLocalCluster(directory, { context: 'b' })).toThrow('34.65.1.2');
  });

  test('says so when kubectl has none', () => {
    process.env.KUBECONFIG = join(directory, 'missing');
    expect(() => checkLocalCluster(directory, { context: 'a' })).toThrow('kubeconfig: got nothing, and kubectl has none; allowed: the path of a kubeconfig');
  });
});

test('the current context is that of the file', () => {
  writeFileSync(join(directory, 'config'), kubeconfig({ a: 'https://127.0.0.1' }, { 'current-context': 'a' }));
  expect(currentContext(directory, 'config')).toBe('a');
  writeFileSync(join(directory, 'config'), kubeconfig({ a: 'https://127.0.0.1' }));
  expect(() => currentContext(directory, 'config')).toThrow('context: got nothing, and "config" has no current one; allowed: the name of a context');
});
