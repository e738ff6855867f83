import type { Application } from '../core/application';
import { compact, nonEmpty, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkDnsLabel, checkEnvName } from '../core/names';
import { ownedConfigMap } from '../config/config-map';
import { allOfConfig, renderEnv, renderEnvFrom, type EnvFromInput, type EnvInput } from '../config/env';
import { readFiles, type FilesProps } from '../config/files';
import { containerPorts, type Port } from '../network/ports';
import { readImage, type ImageInput, type ImagePullPolicy } from './image';
import { readProbes, type ProbesProps } from './probes';
import { readResources, type ResourcesProps } from './resources';
import type { PodSecurity } from './security';
import { Volume, type MountInput } from './volume';
import { readMount, type ContainerMount, type PodVolumes } from './volumes';

/** What every container says: what it runs, with what. */
export interface ContainerProps {
  /** Image: `'ghcr.io/acme/shop:1.4.2'`, or its parts. */
  readonly image: ImageInput;
  /** When the node pulls the image. @default IfNotPresent; Always for a tag that moves */
  readonly imagePullPolicy?: ImagePullPolicy;
  /** Program to run, in place of the image's entry point. @default the image's */
  readonly command?: readonly string[];
  /** Arguments of the program. @default the image's */
  readonly args?: readonly string[];
  /** Directory that the program starts in. @default the image's */
  readonly workingDir?: string;
  /** Environment variables, in this order. @default none */
  readonly env?: Readonly<Record<string, EnvInput>>;
  /** ConfigMaps and Secrets whose every key becomes a variable. @default none */
  readonly envFrom?: readonly EnvFromInput[];
  /** Variables kept in a ConfigMap of the workload's own, whose name carries a hash of them: a change rolls the pods. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** Files by absolute path: text, bytes, or a key of a ConfigMap or Secret. Own content is hashed as `config` is. @default none */
  readonly files?: FilesProps;
  /** Volumes by the absolute path where they are mounted. @default none */
  readonly mounts?: Readonly<Record<string, MountInput>>;
  /** Directories of the image that may be written; each is empty at the start and gone with the pod. @default none */
  readonly writablePaths?: readonly string[];
  /** Requests and limits. @default small requests, a memory limit, no CPU limit */
  readonly resources?: ResourcesProps;
}

/** The keys of {@link ContainerProps}. */
export const CONTAINER_KEYS: Record<keyof ContainerProps, true> = {
  image: true, imagePullPolicy: true, command: true, args: true, workingDir: true, env: true, envFrom: true, config: true,
  files: true, mounts: true, writablePaths: true, resources: true,
};

/** What a container takes from the pod around it. */
export interface ContainerContext {
  readonly name: string;
  /** Path of the props, for messages: empty for the main container. */
  readonly prop: string;
  /** Put before the names of owned ConfigMaps: empty for the main container. */
  readonly property: string;
  readonly security: PodSecurity;
  readonly volumes: PodVolumes;
  readonly ports?: readonly Port[];
  /** The probes prop; undefined where a container takes none. */
  readonly probes?: { readonly given: ProbesProps | undefined; readonly ports: readonly Port[] };
  /** Seconds of notice before the process is told to stop. */
  readonly notice?: number;
}

/** A rendered container and the ConfigMaps that it owns. */
export interface RenderedContainer {
  readonly spec: JsonObject;
  readonly config: Manifest | undefined;
  readonly files: Manifest | undefined;
}

const join = (prop: string, key: string) => (prop === '' ? key : `${prop}.${key}`);
const propertyName = (prefix: string, key: string) => (prefix === '' ? key : `${prefix}${key[0]!.toUpperCase()}${key.slice(1)}`);

/** Renders one container. */
export function renderContainer(application: Application, props: ContainerProps, context: ContainerContext): RenderedContainer {
  const { prop, property } = context;
  const wrongName = checkDnsLabel(context.name);
  if (wrongName) application.problems.add(join(prop, 'containerName'), context.name, wrongName);
  const config = readConfig(application, propertyName(property, 'config'), join(prop, 'config'), props);
  const files = props.files ? readFiles(application, propertyName(property, 'files'), join(prop, 'files'), props.files) : { configMap: undefined, mounts: [] };
  const envFrom = [...(config ? [allOfConfig(config)] : []), ...(props.envFrom ?? [])];
  const mounts = [...readMounts(application, join(prop, 'mounts'), props.mounts ?? {}), ...writableMounts(application, context, props), ...files.mounts];
  const spec = compact({
    name: context.name,
    ...readImage(application, join(prop, 'image'), props.image, props.imagePullPolicy),
    command: nonEmpty(props.command ?? []),
    args: nonEmpty(props.args ?? []),
    workingDir: props.workingDir,
    ports: containerPorts(context.ports ?? []),
    env: nonEmpty(renderEnv(application, join(prop, 'env'), props.env ?? {})),
    envFrom: nonEmpty(renderEnvFrom(application, join(prop, 'envFrom'), envFrom)),
    resources: readResources(application, join(prop, 'resources'), props.resources),
    ...(context.probes ? readProbes(application, join(prop, 'probes'), context.probes.given, context.probes.ports) : {}),
    lifecycle: context.notice ? { preStop: { sleep: { seconds: context.notice } } } : undefined,
    volumeMounts: nonEmpty(context.volumes.mount(join(prop, 'mounts'), mounts)),
    securityContext: context.security.container,
  })!;
  return { spec, config, files: files.configMap };
}

function readConfig(application: Application, property: string, prop: string, { config, env }: ContainerProps): Manifest | undefined {
  if (config === undefined || Object.keys(config).length === 0) return undefined;
  for (const [name, value] of Object.entries(config)) {
    const wrong = checkEnvName(name);
    if (wrong) application.problems.add(`${prop}.${name}`, name, wrong);
    if (typeof value !== 'string') application.problems.add(`${prop}.${name}`, value, 'text is allowed; put it in quotes');
    if (env?.[name] !== undefined) application.problems.add(`${prop}.${name}`, value, "'env' has this variable too and would win; keep one of them");
  }
  return ownedConfigMap(application, property, prop, { data: config });
}

function readMounts(application: Application, prop: string, mounts: Readonly<Record<string, MountInput>>): ContainerMount[] {
  return Object.entries(mounts).flatMap(([path, input]) => readMount(application, prop, path, input) ?? []);
}

/** A small directory of its own for each writable path. */
function writableMounts(application: Application, context: ContainerContext, { writablePaths = [] }: ContainerProps): ContainerMount[] {
  return writablePaths.map((path) => {
    const slug = path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'root';
    const name = (context.property === '' ? slug : `${context.name}-${slug}`).slice(0, 63);
    application.decide('writablePaths', path, 'the root filesystem is read-only; this directory is an emptyDir');
    return { path, volume: Volume.emptyDir(name) };
  });
}
