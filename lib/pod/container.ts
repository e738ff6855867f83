import type { Application } from '../core/application';
import { keysOf, readTexts, shaped, type Shapes } from '../core/forms';
import { compact, nonEmpty, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkEnvName } from '../core/names';
import { ownedConfigMap } from '../config/config-map';
import { allOfConfig, renderEnv, renderEnvFrom, type EnvFromInput, type EnvInput } from '../config/env';
import { readFiles, type FilesProps } from '../config/files';
import { containerPorts, type Port } from '../network/ports';
import { readImage, type ImageInput, type ImagePullPolicy } from './image';
import { readProbes, type ProbesProps } from './probes';
import { readResources, type ResourcesProps } from './resources';
import type { PodSecurity } from './security';
import { Volume, type MountInput } from './volume';
import { readMounts, type ContainerMount, type PodVolumes } from './volumes';

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

const SHAPES: Shapes<ContainerProps> = {
  image: 'any', imagePullPolicy: 'text', command: 'texts', args: 'texts', workingDir: 'text', env: 'map', envFrom: 'list', config: 'map',
  files: 'map', mounts: 'map', writablePaths: 'texts', resources: 'any',
};

/** The keys of {@link ContainerProps}. */
export const CONTAINER_KEYS = keysOf(SHAPES);

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
  readonly probes?: { readonly given: ProbesProps | undefined; readonly ports: readonly Port[] } | undefined;
  /** Seconds of notice before the process is told to stop. */
  readonly notice?: number | undefined;
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
export function renderContainer(application: Application, given: ContainerProps, context: ContainerContext): RenderedContainer {
  const { prop, property, volumes } = context;
  const { problems } = application;
  const props = shaped(problems, prop, given, SHAPES);
  const at = (key: keyof ContainerProps | 'probes') => join(prop, key);
  const config = readConfig(application, propertyName(property, 'config'), at('config'), props);
  const envFrom = [...(config ? [allOfConfig(config)] : []), ...(props.envFrom ?? [])];
  const mounts = readMounts(application, at('mounts'), props.mounts ?? {}, volumes);
  const writable = writableMounts(application, at('writablePaths'), props.writablePaths ?? [], context);
  const files = readFiles(application, propertyName(property, 'files'), at('files'), props.files ?? {}, volumes);
  if (props.workingDir !== undefined) problems.check(at('workingDir'), props.workingDir, (path) => (path.startsWith('/') ? undefined : 'an absolute path is allowed'));
  const spec = compact({
    name: context.name,
    ...readImage(application, at('image'), props.image, props.imagePullPolicy),
    command: nonEmpty(props.command ?? []),
    args: nonEmpty(props.args ?? []),
    workingDir: props.workingDir,
    ports: containerPorts(context.ports ?? []),
    env: nonEmpty(renderEnv(application, at('env'), props.env ?? {})),
    envFrom: nonEmpty(renderEnvFrom(application, at('envFrom'), envFrom)),
    resources: readResources(application, at('resources'), props.resources, [...mounts, ...writable].map(({ volume }) => volume)),
    ...(context.probes ? readProbes(application, at('probes'), context.probes.given, context.probes.ports) : {}),
    lifecycle: context.notice ? { preStop: { sleep: { seconds: context.notice } } } : undefined,
    volumeMounts: nonEmpty(volumes.mount([...mounts, ...writable, ...files.mounts])),
    securityContext: context.security.container,
  })!;
  return { spec, config, files: files.configMap };
}

function readConfig(application: Application, property: string, prop: string, { config, env = {} }: ContainerProps): Manifest | undefined {
  const data = new Map(readTexts(application.problems, prop, config ?? {}));
  if (data.size === 0) return undefined;
  for (const [name, value] of data) {
    application.problems.check(`${prop}.${name}`, name, checkEnvName);
    if (Object.hasOwn(env, name)) application.problems.add(`${prop}.${name}`, value, "'env' has this variable too and would win; keep one of them");
  }
  return ownedConfigMap(application, property, prop, { data });
}

/** A small directory of its own for each writable path. */
function writableMounts(application: Application, prop: string, paths: readonly string[], { name, property, volumes }: ContainerContext): ContainerMount[] {
  return paths.map((path) => {
    application.decide(`${prop}.${path}`, 'emptyDir', 'the root filesystem is read-only; this directory is an emptyDir');
    return { prop, path, volume: volumes.derive(`${property}:${path}`, property === '' ? path : `${name}-${path}`, (free) => Volume.emptyDir(free)) };
  });
}
