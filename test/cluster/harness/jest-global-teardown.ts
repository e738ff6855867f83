import { holder } from './jest-global-setup';

export default async function teardown(): Promise<void> {
  await holder.fairleadCluster?.close();
}
