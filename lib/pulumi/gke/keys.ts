import { CryptoKey, CryptoKeyIAMMember, KeyRing } from '@pulumi/gcp/kms';
import { ServiceIdentity } from '@pulumi/gcp/projects';
import * as pulumi from '@pulumi/pulumi';
import { backupOf, type Gke } from './schema';
import { kept, labelsOf, made, type Site } from './site';

/** What is encrypted: Secrets of the cluster, disks of nodes, images, backups. */
export type Purpose = 'secrets' | 'disks' | 'images' | 'backups';

/** The service account of Google's own that uses the key: its domain, and the API that makes it where that is not there from the start. */
const AGENTS: Readonly<Record<Purpose, { readonly domain: string; readonly api?: string }>> = {
  secrets: { domain: 'container-engine-robot', api: 'container.googleapis.com' },
  disks: { domain: 'compute-system' },
  images: { domain: 'gcp-sa-artifactregistry', api: 'artifactregistry.googleapis.com' },
  backups: { domain: 'gcp-sa-gkebackup', api: 'gkebackup.googleapis.com' },
};

const DAY = 86_400;
/** Days in which the destruction of a key version can be taken back. */
const REGRET = 30;

/** Keys of the account. */
export interface Keys {
  /** The key's full name; none with the provider's keys. */
  readonly of: (purpose: Purpose) => pulumi.Input<string> | undefined;
  /** The rights of Google's service accounts to use the keys. */
  readonly granted: readonly pulumi.Resource[];
}

const purposesOf = (settings: Gke): Purpose[] => ['secrets', 'disks', ...(settings.registry.create ? ['images' as const] : []), ...(backupOf(settings) ? ['backups' as const] : [])];

/**
 * A key for each purpose, rotated, that only the service account of that purpose may use. A key ring can never be deleted,
 * so its name is unique for every cluster.
 */
export function makeKeys(site: Site): Keys {
  const { name, settings: { encryption: { keys, key }, region, project } } = site;
  if (keys === 'provider') return { of: () => undefined, granted: [] };
  const purposes = purposesOf(site.settings);
  const ring = key === undefined ? new KeyRing(`${name}-keys`, { project, location: region }, kept(site)) : undefined;
  const ids = new Map<Purpose, pulumi.Input<string>>(purposes.map((purpose) => [purpose, ring ? makeKey(site, ring, purpose).id : key!]));
  return { of: (purpose) => ids.get(purpose), granted: purposes.map((purpose) => grant(site, purpose, ids.get(purpose)!)) };
}

function makeKey(site: Site, ring: KeyRing, purpose: Purpose): CryptoKey {
  const { rotationDays } = site.settings.encryption;
  return new CryptoKey(`${site.name}-key-${purpose}`, { keyRing: ring.id, purpose: 'ENCRYPT_DECRYPT', rotationPeriod: `${rotationDays * DAY}s`, destroyScheduledDuration: `${REGRET * DAY}s`, labels: labelsOf(site) }, kept(site));
}

function grant(site: Site, purpose: Purpose, cryptoKeyId: pulumi.Input<string>): CryptoKeyIAMMember {
  const { domain, api } = AGENTS[purpose];
  const { name, projectNumber, settings: { project } } = site;
  const agent = api === undefined ? [] : [new ServiceIdentity(`${name}-agent-${purpose}`, { project, service: api }, made(site))];
  const member = pulumi.interpolate`serviceAccount:service-${projectNumber}@${domain}.iam.gserviceaccount.com`;
  return new CryptoKeyIAMMember(`${name}-key-${purpose}-user`, { cryptoKeyId, role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter', member }, made(site, ...agent));
}
