import { RepositoryIamMember, type Repository } from '@pulumi/gcp/artifactregistry';
import { IAMMember } from '@pulumi/gcp/projects';
import { Account } from '@pulumi/gcp/serviceaccount';
import * as pulumi from '@pulumi/pulumi';
import { parseRepository } from './repository';
import { made, type Site } from './site';

/** Who the nodes are. */
export interface NodeIdentity {
  readonly account: Account;
  /** Its roles. */
  readonly granted: readonly pulumi.Resource[];
}

const READER = 'roles/artifactregistry.reader';

/** The service account of the nodes: it may write logs and metrics, and pull images from the registries named; nothing else. */
export function makeNodeIdentity(site: Site, registry: Repository | undefined): NodeIdentity {
  const { name, settings: { project, region, registry: { pullFrom } } } = site;
  const account = new Account(`${name}-nodes`, { project, accountId: `${name}-nodes`, displayName: `Nodes of ${name}` }, made(site));
  const member = pulumi.interpolate`serviceAccount:${account.email}`;
  const node = new IAMMember(`${name}-nodes-role`, { project, role: 'roles/container.defaultNodeServiceAccount', member }, made(site));
  const own = registry ? [new RepositoryIamMember(`${name}-nodes-pull`, { project, location: region, repository: registry.name, role: READER, member }, made(site))] : [];
  const others = [...new Set(pullFrom)].map((text) => makePull(site, text, member));
  return { account, granted: [node, ...own, ...others] };
}

/** Named by what it is for: if it had a place in a list, taking one out would move the others, and so take their rights. */
function makePull(site: Site, text: string, member: pulumi.Input<string>): RepositoryIamMember {
  const { project, location, repository } = parseRepository(text)!;
  return new RepositoryIamMember(`${site.name}-nodes-pull-${project}-${location}-${repository}`, { project, location, repository, role: READER, member }, made(site));
}
