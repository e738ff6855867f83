import { Repository } from '@pulumi/gcp/artifactregistry';
import type { Keys } from './keys';
import { kept, labelsOf, type Site } from './site';

/** Thirty days. */
const UNTAGGED_KEPT = '2592000s';

/** A registry for the images of the environment: a tag always means the same image, and what nobody names goes after a month. */
export function makeRegistry(site: Site, keys: Keys): Repository | undefined {
  const { name, settings: { project, region, registry } } = site;
  if (!registry.create) return undefined;
  const key = keys.of('images');
  return new Repository(`${name}-images`, {
    project,
    location: region,
    repositoryId: name,
    format: 'DOCKER',
    ...(key === undefined ? {} : { kmsKeyName: key }),
    dockerConfig: { immutableTags: true },
    cleanupPolicies: [{ id: 'untagged', action: 'DELETE', condition: { tagState: 'UNTAGGED', olderThan: UNTAGGED_KEPT } }],
    labels: labelsOf(site),
  }, kept(site, ...keys.granted));
}
