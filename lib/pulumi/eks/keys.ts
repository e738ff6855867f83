import { Alias, Key } from '@pulumi/aws/kms';
import * as pulumi from '@pulumi/pulumi';
import { policyDocument, type Statement } from './policy-document';
import { domainOf, partitionOf } from './regions';
import { accountArn, arnOf, lasting, partOf, type Scope } from './scope';

/** Days in which a key that is deleted can be had back: the most. */
const DELETION_WINDOW = 30;

/** The key of secrets, logs, images, backups and volumes; undefined where those of AWS are asked for. */
export function makeKey(scope: Scope): pulumi.Output<string> | undefined {
  const { name, settings: { encryption: { keys, key: given, rotationDays } } } = scope;
  if (keys === 'provider') return undefined;
  if (given !== undefined) return pulumi.output(given);
  const key = new Key(`${name}-key`, {
    description: `Secrets, logs and volumes of the cluster ${name}`,
    enableKeyRotation: true,
    rotationPeriodInDays: rotationDays,
    deletionWindowInDays: DELETION_WINDOW,
    policy: policyDocument(keyPolicy(scope)),
    tags: { Name: name },
  }, lasting(scope));
  new Alias(`${name}-key`, { name: `alias/eks/${name}`, targetKeyId: key.keyId }, partOf(scope, { parent: key }));
  return key.arn;
}

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** Who may use the key besides those to whom policies of the account give it. */
function keyPolicy(scope: Scope): Statement[] {
  const { settings: { account, region } } = scope;
  const logs = arnOf(scope, 'logs', 'log-group:*');
  // AWS makes this role with the account's first group of machines, so that it can't be named as a principal before.
  const scaling = `arn:${partitionOf(region)}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*`;
  const byScaling = { StringEquals: { 'kms:CallerAccount': account }, ArnLike: { 'aws:PrincipalArn': scaling } };
  return [
    { Sid: 'Account', Principal: { AWS: accountArn(scope) }, Action: ['kms:*'], Resource: '*' },
    { Sid: 'Logs', Principal: { Service: `logs.${region}.${domainOf(region)}` }, Action: USE, Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logs } } },
    { Sid: 'Disks', Principal: { AWS: '*' }, Action: USE, Resource: '*', Condition: byScaling },
    { Sid: 'AttachDisks', Principal: { AWS: '*' }, Action: ['kms:CreateGrant'], Resource: '*', Condition: { ...byScaling, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}
