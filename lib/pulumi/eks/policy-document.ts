import * as pulumi from '@pulumi/pulumi';
import type { AwsStatement } from '../../pod/cloud-rights';

/** A statement of a policy, as IAM writes it. */
export interface Statement {
  readonly Sid?: string;
  readonly Principal?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly Action: readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string | readonly string[]>>>>>;
}

/** A policy as text. Every statement allows; what nobody allows is denied. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) });
}

/** A statement as the settings write it, as IAM does. */
export const statementOf = ({ actions, resources, conditions }: AwsStatement): Statement => ({ Action: actions, Resource: resources, ...(conditions === undefined ? {} : { Condition: conditions }) });

/** What a role needs to read and write what the key encrypts. */
export function keyStatements(key: pulumi.Input<string>): Statement[] {
  return [
    { Sid: 'UseKey', Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], Resource: key },
    { Sid: 'LendKey', Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], Resource: key, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}
