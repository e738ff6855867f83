import type { Cluster } from '@pulumi/gcp/container';
import { BackupPlan } from '@pulumi/gcp/gkebackup';
import type { Keys } from './keys';
import { backupOf } from './schema';
import { kept, labelsOf, type Site } from './site';

/** Backs up everything in the cluster: objects, and volumes where they are not left out. */
export function makeBackup(site: Site, cluster: Cluster, keys: Keys): BackupPlan | undefined {
  const { name, settings } = site;
  const plan = backupOf(settings);
  if (plan === undefined) return undefined;
  const key = keys.of('backups');
  return new BackupPlan(`${name}-backup`, {
    project: settings.project,
    location: settings.region,
    cluster: cluster.id,
    backupConfig: { allNamespaces: true, includeSecrets: plan.secrets, includeVolumeData: plan.volumes, ...(key === undefined ? {} : { encryptionKey: { gcpKmsEncryptionKey: key } }) },
    backupSchedule: { cronSchedule: plan.schedule },
    retentionPolicy: { backupRetainDays: plan.retainDays, backupDeleteLockDays: plan.lockDays },
    labels: labelsOf(site),
  }, kept(site, ...keys.granted));
}
