import { getProjectOutput } from '@pulumi/gcp/organizations';
import { Service } from '@pulumi/gcp/projects';
import type * as pulumi from '@pulumi/pulumi';
import { backupOf, type Gke } from './schema';

/** The APIs that the cluster needs, by the first part of their names. */
function apiNames(settings: Gke): string[] {
  const { encryption, registry, hosts, binaryAuthorization, secretManager, sharedVolumes } = settings;
  return [
    'cloudresourcemanager', 'iam', 'compute', 'container', 'logging', 'monitoring',
    ...(encryption.keys === 'customer' ? ['cloudkms'] : []),
    ...(registry.create ? ['artifactregistry'] : []),
    ...(hosts ? ['dns', 'certificatemanager'] : []),
    ...(binaryAuthorization ? ['binaryauthorization'] : []),
    ...(secretManager ? ['secretmanager'] : []),
    ...(sharedVolumes ? ['file'] : []),
    ...(backupOf(settings) ? ['gkebackup'] : []),
  ];
}

/** Turns on the APIs that the cluster needs. They stay on when it goes: others may use them. */
export function enableApis(name: string, settings: Gke, parent: pulumi.Resource): Service[] {
  return apiNames(settings).map((api) => new Service(`${name}-api-${api}`, { project: settings.project, service: `${api}.googleapis.com`, disableOnDestroy: false }, { parent }));
}

/** The number of the project, by which Google names its own service accounts in it. */
export function projectNumberOf({ project, projectNumber }: Gke, parent: pulumi.Resource, apis: readonly pulumi.Resource[]): pulumi.Input<string> {
  return projectNumber ?? getProjectOutput({ projectId: project }, { parent, dependsOn: [...apis] }).number;
}
