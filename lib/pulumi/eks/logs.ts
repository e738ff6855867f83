import { LogGroup } from '@pulumi/aws/cloudwatch';
import type * as pulumi from '@pulumi/pulumi';
import { partOf, type Scope } from './scope';

/** A log group, encrypted with the key, whose logs are kept as long as the settings say. */
export function makeLogGroup(scope: Scope, suffix: string, name: string, key: pulumi.Input<string> | undefined): LogGroup {
  const args = { name, retentionInDays: scope.settings.logRetentionDays, ...(key === undefined ? {} : { kmsKeyId: key }) };
  return new LogGroup(`${scope.name}-${suffix}`, args, partOf(scope));
}
