import { isIPv4 } from 'node:net';
import { EnvironmentError } from '../../lib/environment';
import type { ClusterSettings, ExistingSettings } from '../cluster/settings';
import { KubeconfigProblem, readServer, type KubeServer } from './kubeconfig';

/** The environment that runs on the machine of whoever works on it, and nowhere else. */
export const LOCAL = 'local';

const ALLOWED = 'a server on this machine (loopback), of kind or of minikube: local is deployed nowhere else';

/** An address of this machine. `0.0.0.0` is what kind writes when it listens on all of them. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host === '0.0.0.0' || (isIPv4(host) && host.startsWith('127.'));
}

const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** minikube's own network; its entry alone would not do, for an entry can be copied. */
const isMinikube = ({ server: { hostname }, minikube }: KubeServer) => minikube && ((isIPv4(hostname) && PRIVATE.test(hostname)) || hostname === 'control-plane.minikube.internal');

/** What `kind get kubeconfig --internal` writes: the name of the node in the network of the containers. */
const isKind = ({ server: { hostname } }: KubeServer, context: string) => context.startsWith('kind-') && hostname === `${context.slice('kind-'.length)}-control-plane`;

/**
 * Checks that the cluster runs on this machine, by its address in the kubeconfig; nothing is asked over the network.
 * @throws KubeconfigProblem when it does not, or nobody can tell
 */
export function checkLocalCluster(directory: string, cluster: Pick<ExistingSettings, 'context' | 'kubeconfig'>): void {
  const found = readServer(directory, cluster);
  const { server, proxied } = found;
  const got = `${JSON.stringify(cluster.context)}, whose server is ${server.host}${proxied ? ', through a proxy' : ''}`;
  if (proxied || !(isLoopback(server.hostname) || isMinikube(found) || isKind(found, cluster.context))) throw new KubeconfigProblem('context', got, ALLOWED);
}

/**
 * The same for a cluster that an environment's file names.
 * @throws EnvironmentError with the key path
 */
export function checkLocalEnvironment(directory: string, file: string, cluster: ClusterSettings): void {
  if (cluster.provider !== 'existing') throw new EnvironmentError([{ file, path: 'fairlead:cluster.provider', got: JSON.stringify(cluster.provider), allowed: '"existing", with a context: local runs on this machine' }]);
  try {
    checkLocalCluster(directory, cluster);
  } catch (error) {
    if (!(error instanceof KubeconfigProblem)) throw error;
    throw new EnvironmentError([{ file, path: `fairlead:cluster.${error.key}`, got: error.got, allowed: error.allowed }]);
  }
}
