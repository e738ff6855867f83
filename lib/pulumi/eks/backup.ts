import { Plan, Selection, Vault, VaultLockConfiguration } from '@pulumi/aws/backup';
import type { Cluster } from '@pulumi/aws/eks';
import type * as pulumi from '@pulumi/pulumi';
import { isProtected } from '../cluster/settings/common';
import { keyStatements } from './policy-document';
import { makeRole, trustedHere } from './role';
import { backupOf } from './schema';
import { lasting, named, partOf, type Scope } from './scope';

/** Minutes after which a backup that has not begun is given up, and which one may take. */
const BEGIN = 60;
const FINISH = 480;

/** A schedule of five fields, as AWS writes it: with a year, `?` for the day that is not asked for, and Sunday as 1. */
export function awsCron(schedule: string): string {
  const [minute, hour, day, month, weekday] = schedule.split(' ') as [string, string, string, string, string];
  if (weekday === '*') return `cron(${minute} ${hour} ${day} ${month} ? *)`;
  const days = weekday.replace(/(^|[,-])(\d)/g, (_, before: string, digit: string) => `${before}${(Number(digit) % 7) + 1}`);
  return `cron(${minute} ${hour} ? ${month} ${days.toUpperCase()} *)`;
}

/** Backs up the cluster's objects and the volumes that they claim. */
export function makeBackup(scope: Scope, cluster: Cluster, key: pulumi.Input<string> | undefined): void {
  const { name, settings } = scope;
  const backup = backupOf(settings);
  if (backup === undefined) return;
  const vault = new Vault(`${name}-backups`, { ...(key === undefined ? {} : { kmsKeyArn: key }), forceDestroy: !isProtected(settings), tags: named(name) }, lasting(scope));
  // A vault has one lock: if the old one went last, there would be none.
  if (backup.lockDays > 0) new VaultLockConfiguration(`${name}-backups`, { backupVaultName: vault.name, minRetentionDays: backup.lockDays }, partOf(scope, { parent: vault, deleteBeforeReplace: true }));
  const plan = new Plan(`${name}-backups`, {
    rules: [{ ruleName: 'scheduled', targetVaultName: vault.name, schedule: awsCron(backup.schedule), startWindow: BEGIN, completionWindow: FINISH, lifecycle: { deleteAfter: backup.retainDays } }],
    tags: named(name),
  }, partOf(scope));
  const { role, rights } = makeRole(scope, `${name}-backups`, {
    description: `Backs up the cluster ${name}`,
    trust: trustedHere('backup.amazonaws.com', scope),
    managed: ['service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores'],
    statements: key === undefined ? [] : keyStatements(key),
  });
  new Selection(`${name}-backups`, { planId: plan.id, iamRoleArn: role.arn, resources: [cluster.arn] }, partOf(scope, { dependsOn: [...rights] }));
}
