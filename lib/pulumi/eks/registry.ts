import { RepositoryCreationTemplate } from '@pulumi/aws/ecr';
import * as pulumi from '@pulumi/pulumi';
import { makeRole, trustedService } from './role';
import { domainOf } from './regions';
import { arnOf, partOf, tagsOf, type Scope } from './scope';

/** Days after which images without a tag are deleted. */
const UNTAGGED_DAYS = 14;

/**
 * Registry and folder of the cluster's images: repositories in it are made when images are pushed, as the template says.
 * @returns undefined where none is asked for
 */
export function makeRegistry(scope: Scope, key: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  const { name, settings: { registry, account, region } } = scope;
  if (!registry.create) return undefined;
  const { role, rights } = makeRole(scope, `${name}-registry`, {
    description: `Makes repositories of the cluster ${name} when images are pushed`,
    trust: trustedService('ecr.amazonaws.com'),
    statements: [
      { Action: ['ecr:CreateRepository', 'ecr:TagResource', 'ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage'], Resource: arnOf(scope, 'ecr', `repository/${name}/*`) },
      ...(key === undefined ? [] : [{ Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], Resource: key }]),
    ],
  });
  const template = new RepositoryCreationTemplate(`${name}-registry`, {
    prefix: name,
    description: `Images of the cluster ${name}`,
    appliedFors: ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE'],
    // What a digest or tag stood for, it stands for always.
    imageTagMutability: 'IMMUTABLE',
    encryptionConfigurations: [key === undefined ? { encryptionType: 'AES256' } : { encryptionType: 'KMS', kmsKey: key }],
    lifecyclePolicy: JSON.stringify({ rules: [{ rulePriority: 1, description: 'Images without a tag', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: UNTAGGED_DAYS }, action: { type: 'expire' } }] }),
    resourceTags: tagsOf(scope),
    customRoleArn: role.arn,
  }, partOf(scope, { dependsOn: [...rights] }));
  return pulumi.interpolate`${account}.dkr.ecr.${region}.${domainOf(region)}/${template.prefix}`;
}
