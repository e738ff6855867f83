import { findOrBuildPulumi, kubernetesPlugin } from '../../engine';
import { CONNECTION_VARIABLE, connect, type Cluster } from './cluster';
import { progress } from './progress';

/** Where the setup leaves the cluster for the teardown; jest runs both in one realm, apart from the tests. */
export const holder = globalThis as typeof globalThis & { fairleadCluster?: Cluster };

/** Opens one cluster for the whole run; tests reach it through `connect`, which reads the variable. */
export default async function setup(): Promise<void> {
  const cli = await findOrBuildPulumi(); // here, because no test may take the minutes that a build takes
  progress('engine', `Pulumi CLI: ${cli.description}`);
  progress('engine', `Kubernetes plugin: ${kubernetesPlugin().description}`);
  holder.fairleadCluster = await connect();
  process.env[CONNECTION_VARIABLE] = JSON.stringify(holder.fairleadCluster.connection);
}
