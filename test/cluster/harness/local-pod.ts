import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Cluster } from './cluster';
import type { KubeObject } from './objects';
import type { Processes } from './processes';

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

interface Source {
  readonly configMap?: { readonly name: string; readonly items?: readonly { readonly key: string; readonly path: string }[] };
  readonly secret?: { readonly secretName?: string; readonly name?: string; readonly items?: readonly { readonly key: string; readonly path: string }[] };
  readonly projected?: { readonly sources: readonly Source[] };
  readonly serviceAccountToken?: { readonly path: string };
}

/** A pod as far as this looks at it. */
export interface RunnablePod extends KubeObject {
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly args?: readonly string[]; readonly env?: readonly Variable[]; readonly volumeMounts?: readonly Mount[] }[];
    readonly volumes?: readonly (Source & { readonly name: string })[];
  };
  readonly status: { readonly podIP: string };
}

/** How a program is run in the place of a pod. */
export interface LocalPodProps {
  readonly cluster: Cluster;
  readonly processes: Processes;
  /** An empty folder, which stands for the root of the container's files. */
  readonly folder: string;
  /** The program that the image would start. */
  readonly binary: string;
  /** Further arguments. @default none */
  readonly args?: readonly string[];
  /** What is changed in a file because the program does not run in a pod. @default nothing */
  readonly adapt?: (file: string, text: string) => string;
}

/**
 * Does for one pod what a kubelet does: lays out the files that the pod mounts, as the API server has them, and starts the
 * program with the pod's arguments. Paths begin with a folder instead of the root, in arguments and files alike.
 */
export class LocalPod {
  private round = 0;

  /** @param pod - as the API server shows it */
  constructor(private readonly pod: RunnablePod, private readonly props: LocalPodProps) {}

  /** Starts the pod's first container. */
  async start(): Promise<void> {
    await this.layOut();
    const { binary, processes, args = [] } = this.props;
    const env = Object.fromEntries((this.container.env ?? []).map((variable) => [variable.name, this.valueOf(variable)]));
    const expanded = (this.container.args ?? []).map((arg) => this.moved(arg.replace(/\$\((\w+)\)/g, (_, name: string) => env[name] ?? '')));
    processes.start(this.pod.metadata.name, binary, [...expanded, ...args], env);
  }

  /** Brings what has changed in ConfigMaps and Secrets to the running program, as a kubelet does a while after. */
  async layOut(): Promise<void> {
    this.round += 1;
    for (const mount of this.container.volumeMounts ?? []) await this.mount(mount);
  }

  /** A path of the container as it is on this machine. */
  moved(text: string): string {
    const paths = (this.container.volumeMounts ?? []).map(({ mountPath }) => mountPath).sort((a, b) => b.length - a.length);
    return text.replace(new RegExp(`(?<![\\w./-])(${paths.map((it) => it.replace(/[.]/g, '\\.')).join('|')})(?![\\w-])`, 'g'), (found) => path.join(this.props.folder, found));
  }

  private get container() {
    return this.pod.spec.containers[0]!;
  }

  private valueOf({ value, valueFrom }: Variable): string {
    const fields: Readonly<Record<string, string>> = { 'metadata.name': this.pod.metadata.name, 'status.podIP': this.pod.status.podIP };
    return value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ''] ?? '';
  }

  private async mount({ name, mountPath, subPath }: Mount): Promise<void> {
    const target = path.join(this.props.folder, mountPath);
    const files = await this.filesOf(this.pod.spec.volumes!.find((volume) => volume.name === name)!);
    if (subPath === undefined) return this.mountDirectory(target, files);
    if (this.round > 1) return; // single files keep what they were when the pod started
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, files.get(subPath) ?? '');
  }

  /** All files of a volume change at once, when the link to their directory does. */
  private async mountDirectory(target: string, files: ReadonlyMap<string, string>): Promise<void> {
    const data = `..${this.round}`;
    await mkdir(path.join(target, data), { recursive: true });
    for (const [file, text] of files) await writeFile(path.join(target, data, file), text);
    if (files.size === 0) return; // a disk
    await symlink(data, path.join(target, '..next'));
    await rename(path.join(target, '..next'), path.join(target, '..data'));
    for (const file of files.keys()) await symlink(path.join('..data', file), path.join(target, file)).catch(ignoreExisting);
  }

  private async filesOf(source: Source): Promise<ReadonlyMap<string, string>> {
    const { configMap, secret, projected, serviceAccountToken } = source;
    if (projected) return new Map((await Promise.all(projected.sources.map((one) => this.filesOf(one)))).flatMap((files) => [...files]));
    if (serviceAccountToken) return new Map([[serviceAccountToken.path, await this.token()]]);
    if (configMap) return this.chosen(await this.dataOf('configmap', configMap.name), configMap.items);
    const name = secret?.secretName ?? secret?.name;
    if (name === undefined) return new Map();
    const encoded = await this.dataOf('secret', name);
    return this.chosen(Object.fromEntries(Object.entries(encoded).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')])), secret!.items);
  }

  private chosen(data: Readonly<Record<string, string>>, items: readonly { readonly key: string; readonly path: string }[] | undefined): ReadonlyMap<string, string> {
    const wanted = items ?? Object.keys(data).map((key) => ({ key, path: key }));
    const { adapt = (_: string, text: string) => text } = this.props;
    return new Map(wanted.map(({ key, path: file }) => [file, adapt(file, this.moved(data[key] ?? ''))]));
  }

  private async dataOf(kind: string, name: string): Promise<Readonly<Record<string, string>>> {
    const found = await this.props.cluster.get<{ data?: Record<string, string> }>(kind, name, this.pod.metadata.namespace);
    if (!found) throw new Error(`pod ${this.pod.metadata.name} mounts the ${kind} ${name}, which is not there`);
    return found.data ?? {};
  }

  private async token(): Promise<string> {
    const { namespace } = this.pod.metadata;
    return (await this.props.cluster.kubectl.mustRun(['create', 'token', this.pod.spec.serviceAccountName, `--namespace=${namespace}`])).trim();
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** The address of the cluster's API server. */
export function serverOf(cluster: Cluster): string {
  const config = JSON.parse(readFileSync(cluster.connection.kubeconfig, 'utf8')) as { clusters: { cluster: { server: string } }[] };
  return config.clusters[0]!.cluster.server;
}
