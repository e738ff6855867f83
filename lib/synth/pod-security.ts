import { isPlainObject, type JsonObject } from '../core/json';

/** A level of the Pod Security standards that something can break. */
export type EnforcedLevel = 'baseline' | 'restricted';

interface Container extends JsonObject {
  readonly name?: string;
  readonly securityContext?: SecurityContext;
  readonly ports?: readonly { readonly hostPort?: number }[];
}

interface SecurityContext extends JsonObject {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
  readonly appArmorProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
  readonly sysctls?: readonly { readonly name?: string }[];
}

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];
const BASELINE_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'];
const RESTRICTED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];
const SELINUX_TYPES = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem',
];

/** Something in a pod that breaks a level of the Pod Security standards. */
export interface PodSecurityViolation {
  /** The mildest level that it breaks. */
  readonly level: EnforcedLevel;
  /** Path in the pod's spec of what is wrong or missing. */
  readonly path: readonly (string | number)[];
  /** Path of what would hold if the first were not set; undefined where only the first counts. */
  readonly fallback?: readonly (string | number)[];
  /** What must not be, or must. */
  readonly message: string;
}

type Path = PodSecurityViolation['path'];
type Found = Omit<PodSecurityViolation, 'level'>;

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];
const CONTEXT = 'securityContext';

/** What in a pod breaks a level of the Pod Security standards, as the API server would say at deployment. */
export const podSecurityViolations = (pod: JsonObject, level: EnforcedLevel): string[] => findPodSecurityViolations(pod, level).map(({ message }) => message);

/** The same, each with its place in the pod's spec. */
export function findPodSecurityViolations(pod: JsonObject, level: EnforcedLevel): PodSecurityViolation[] {
  const containers = CONTAINERS.flatMap((list) => listOf<Container>(pod[list]).map((container, index) => ({ container, path: [list, index] as Path })));
  const context = (pod[CONTEXT] ?? {}) as SecurityContext;
  const baseline = [...podBaseline(pod, context), ...containers.flatMap(({ container, path }) => containerBaseline(container, path))];
  const restricted = level === 'baseline' ? [] : [...restrictedVolumes(pod), ...containers.flatMap(({ container, path }) => containerRestricted(container, path, context))];
  return [...baseline.map((found) => ({ level: 'baseline' as const, ...found })), ...restricted.map((found) => ({ level: 'restricted' as const, ...found }))];
}

/** The objects of a list, each in its place; what is none counts as an empty one. */
function listOf<T extends object>(value: unknown): T[] {
  return Array.isArray(value) ? value.map((item) => (isPlainObject(item) ? item : {}) as T) : [];
}

const when = (wrong: boolean, path: Path, message: string): Found[] => (wrong ? [{ path, message }] : []);

function podBaseline(pod: JsonObject, context: SecurityContext): Found[] {
  const volumes = listOf<JsonObject>(pod.volumes);
  return [
    ...HOST_NAMESPACES.flatMap((field) => when(pod[field] === true, [field], `${field} must not be true`)),
    ...volumes.flatMap((volume, index) => when('hostPath' in volume, ['volumes', index, 'hostPath'], `volume '${String(volume.name)}' must not be a hostPath`)),
    ...(context.sysctls ?? []).flatMap(({ name = '' }, index) => when(!SAFE_SYSCTLS.includes(name), [CONTEXT, 'sysctls', index, 'name'], `sysctl '${name}' is not a safe one`)),
    ...sharedBaseline(context, [CONTEXT], 'the pod'),
  ];
}

function containerBaseline(container: Container, path: Path): Found[] {
  const who = `container '${container.name}'`;
  const context = container[CONTEXT] ?? {};
  const own = [...path, CONTEXT];
  const added = (context.capabilities?.add ?? []).filter((capability) => !BASELINE_CAPABILITIES.includes(capability));
  return [
    ...when(context.privileged === true, [...own, 'privileged'], `${who} must not be privileged`),
    ...added.map((capability) => ({ path: [...own, 'capabilities', 'add'], message: `${who} must not add the capability ${capability}` })),
    ...when((container.ports ?? []).some(({ hostPort }) => hostPort), [...path, 'ports'], `${who} must not use a host port`),
    ...when(context.procMount !== undefined && context.procMount !== 'Default', [...own, 'procMount'], `${who} must not change procMount`),
    ...sharedBaseline(context, own, who),
  ];
}

/** Fields that a pod and a container have alike. */
function sharedBaseline(context: SecurityContext, path: Path, who: string): Found[] {
  const { seLinuxOptions = {} } = context;
  const chosen = !SELINUX_TYPES.includes(seLinuxOptions.type) || Boolean(seLinuxOptions.user) || Boolean(seLinuxOptions.role);
  return [
    ...when(context.seccompProfile?.type === 'Unconfined', [...path, 'seccompProfile', 'type'], `${who} must not set seccompProfile to Unconfined`),
    ...when(context.appArmorProfile?.type === 'Unconfined', [...path, 'appArmorProfile', 'type'], `${who} must not set appArmorProfile to Unconfined`),
    ...when(context.windowsOptions?.hostProcess === true, [...path, 'windowsOptions', 'hostProcess'], `${who} must not be a host process`),
    ...when(chosen, [...path, 'seLinuxOptions'], `${who} must not choose these seLinuxOptions`),
  ];
}

function restrictedVolumes(pod: JsonObject): Found[] {
  return listOf<JsonObject>(pod.volumes).flatMap((volume, index) => {
    const kinds = Object.keys(volume).filter((key) => key !== 'name' && key !== 'hostPath' && !RESTRICTED_VOLUMES.includes(key));
    return kinds.map((kind) => ({ path: ['volumes', index, kind], message: `volume '${String(volume.name)}' must not be of kind ${kind}` }));
  });
}

function containerRestricted(container: Container, path: Path, pod: SecurityContext): Found[] {
  const who = `container '${container.name}'`;
  const own = container[CONTEXT] ?? {};
  const at = (...fields: string[]): Path => [...path, CONTEXT, ...fields];
  /** What the pod says counts for a container that says nothing. */
  const inherited = (wrong: boolean, field: string, message: string): Found[] => when(wrong, at(field), message).map((found) => ({ ...found, fallback: [CONTEXT, field] }));
  const added = (own.capabilities?.add ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE' && BASELINE_CAPABILITIES.includes(capability));
  return [
    ...when(own.allowPrivilegeEscalation !== false, at('allowPrivilegeEscalation'), `${who} must set allowPrivilegeEscalation to false`),
    ...when(!(own.capabilities?.drop ?? []).includes('ALL'), at('capabilities', 'drop'), `${who} must drop ALL capabilities`),
    ...added.map((capability) => ({ path: at('capabilities', 'add'), message: `${who} must not add the capability ${capability}` })),
    ...inherited((own.runAsNonRoot ?? pod.runAsNonRoot) !== true, 'runAsNonRoot', `${who} must set runAsNonRoot to true`),
    ...inherited((own.runAsUser ?? pod.runAsUser) === 0, 'runAsUser', `${who} must not run as user 0`),
    ...inherited((own.seccompProfile?.type ?? pod.seccompProfile?.type) === undefined, 'seccompProfile', `${who} must have a seccompProfile`),
  ];
}
