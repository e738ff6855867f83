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
  const others = pullFrom.map((text, index) => new RepositoryIamMember(`${name}-nodes-pull-${index}`, { ...parseRepository(text)!, role: READER, member }, made(site)));
  return { account, granted: [node, ...own, ...others] };
}
