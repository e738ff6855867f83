import type { Construct } from 'constructs';
import { contentHash } from '../../core/hash';
import { Manifest } from '../../core/manifest';
import { Volume } from '../../pod/volume';
import type { FolderPart } from './files';
import { DASHBOARDS } from './provisioning';

const SLUG_LIMIT = 30;

/**
 * A ConfigMap for each part of a folder, named by its content: a change makes a new one and rolls the pod. Each folder is
 * a mount of its own, because Grafana walks into directories but follows no link to one, and that is what a directory
 * inside a mounted ConfigMap would be.
 */
export function mountFolders(scope: Construct, name: string, parts: readonly FolderPart[]): Readonly<Record<string, Volume>> {
  const folders = new Map<string, Manifest[]>();
  for (const { folder, files } of parts) {
    const made = folders.get(folder) ?? [];
    folders.set(folder, made);
    const labels = { 'app.kubernetes.io/component': 'dashboards', 'app.kubernetes.io/managed-by': 'fairlead', 'app.kubernetes.io/name': name };
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-${slugOf(folder)}`, labels }, immutable: true, data: Object.fromEntries(files) };
    made.push(new Manifest(scope, `dashboards-${folder}-${made.length + 1}`, body, { hashedName: true }));
  }
  return Object.fromEntries([...folders].map(([folder, [first, ...more]]) => [`${DASHBOARDS}/${folder}`, volumeOf(volumeName(folder), first!, more)]));
}

function volumeOf(name: string, first: Manifest, more: readonly Manifest[]): Volume {
  if (more.length === 0) return Volume.config(name, first);
  return Volume.projected(name, [first, ...more].map((configMap) => ({ configMap: { name: configMap.name } })));
}

/** The title of a folder as the name of a volume, the same for no other folder. */
function volumeName(folder: string): string {
  const name = slugOf(folder);
  return name === `dashboards-${folder}` ? name : `${name}-${contentHash(folder)}`;
}

/** The title of a folder in the letters of Kubernetes' names. */
const slugOf = (folder: string) => `dashboards-${folder.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, SLUG_LIMIT).replace(/^-|-$/g, '')}`.replace(/-$/, '');
