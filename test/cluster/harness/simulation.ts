import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { ENGINES_MODULE, moduleFolder } from './go';
import type { Kubectl } from './kubectl';
import type { KubeObject } from './objects';

/** How KWOK plays nodes, pods and volumes; `fast` means without artificial delays. */
const STAGE_FOLDERS = ['node/fast', 'pod/fast', 'volume/fast'];

const NODE_CAPACITY = { cpu: '8', memory: '32Gi', 'ephemeral-storage': '100Gi', pods: '110' };

/** What the kubelet and the system leave of it to pods, as on a common cloud node. */
const NODE_ALLOCATABLE = { cpu: '7910m', memory: '29Gi', 'ephemeral-storage': '90Gi', pods: '110' };

const ZONES = ['zone-a', 'zone-b', 'zone-c'];

/** Makes the API server know KWOK's stages, which `chaos` adds to while the cluster runs. */
export async function installStageDefinition(kubectl: Kubectl): Promise<void> {
  const file = path.join(await kwokFolder(), 'kustomize/crd/bases/kwok.x-k8s.io_stages.yaml');
  await kubectl.mustRun(['apply', '--server-side', '-f', file]);
  await kubectl.mustRun(['wait', '--for=condition=Established', '--timeout=30s', '-f', file]);
}

/** Adds three nodes in three zones, a default storage class, and the stages that bring all to life. */
export async function furnish(kubectl: Kubectl): Promise<void> {
  const objects = [...(await stages()), ...ZONES.map(simulatedNode)];
  await kubectl.mustRun(['create', '-f', '-'], objects.map((it) => JSON.stringify(it)).join('\n---\n'));
}

/** Waits until the nodes are Ready and a namespace gets its default service account. */
export async function waitUntilFurnished(kubectl: Kubectl): Promise<void> {
  await kubectl.mustRun(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=30s']);
  await kubectl.mustRun(['wait', '--for=create', 'serviceaccount/default', '-n', 'default', '--timeout=30s']);
}

/** The stages of KWOK's own source tree, and the storage class that its volume stages serve. */
async function stages(): Promise<KubeObject[]> {
  const root = path.join(await kwokFolder(), 'kustomize/stage');
  const objects: KubeObject[] = [];
  for (const folder of STAGE_FOLDERS) {
    for (const file of (await readdir(path.join(root, folder))).sort()) {
      if (!file.endsWith('.yaml') || file === 'kustomization.yaml') continue;
      objects.push(...(loadAll(await readFile(path.join(root, folder, file), 'utf8')) as KubeObject[]));
    }
  }
  return objects;
}

function kwokFolder(): Promise<string> {
  const module = 'sigs.k8s.io/kwok';
  return moduleFolder(module, ENGINES_MODULE.pinnedVersion(module));
}

function simulatedNode(zone: string): KubeObject {
  const name = `node-${zone}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': zone,
        'topology.kubernetes.io/region': 'region-1',
      },
    },
    // Kept on creation, although there is a status subresource; KWOK keeps these numbers.
    status: { capacity: NODE_CAPACITY, allocatable: NODE_ALLOCATABLE },
  };
}
