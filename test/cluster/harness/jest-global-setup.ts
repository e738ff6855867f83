import { CONNECTION_VARIABLE, connect, type Cluster } from './cluster';

/** Where the setup leaves the cluster for the teardown; jest runs both in one realm, apart from the tests. */
export const holder = globalThis as typeof globalThis & { fairleadCluster?: Cluster };

/** Opens one cluster for the whole run; tests reach it through `connect`, which reads the variable. */
export default async function setup(): Promise<void> {
  holder.fairleadCluster = await connect();
  process.env[CONNECTION_VARIABLE] = JSON.stringify(holder.fairleadCluster.connection);
}
