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

/** What in a pod breaks a level of the Pod Security standards, as the API server would say at deployment. */
export function podSecurityViolations(pod: JsonObject, level: EnforcedLevel): string[] {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => (pod[list] as Container[] | undefined) ?? []);
  const context = (pod.securityContext ?? {}) as SecurityContext;
  return [
    ...podBaseline(pod, context),
    ...containers.flatMap((container) => containerBaseline(container)),
    ...(level === 'restricted' ? [...restrictedVolumes(pod), ...containers.flatMap((container) => containerRestricted(container, context))] : []),
  ];
}

function podBaseline(pod: JsonObject, context: SecurityContext): string[] {
  const volumes = (pod.volumes as JsonObject[] | undefined) ?? [];
  return [
    ...HOST_NAMESPACES.filter((field) => pod[field] === true).map((field) => `${field} must not be true`),
    ...volumes.filter((volume) => 'hostPath' in volume).map((volume) => `volume '${String(volume.name)}' must not be a hostPath`),
    ...(context.sysctls ?? []).filter(({ name = '' }) => !SAFE_SYSCTLS.includes(name)).map(({ name }) => `sysctl '${name}' is not a safe one`),
    ...sharedBaseline(context, 'the pod'),
  ];
}

function containerBaseline(container: Container): string[] {
  const who = `container '${container.name}'`;
  const context = container.securityContext ?? {};
  const added = (context.capabilities?.add ?? []).filter((capability) => !BASELINE_CAPABILITIES.includes(capability));
  return [
    ...(context.privileged === true ? [`${who} must not be privileged`] : []),
    ...added.map((capability) => `${who} must not add the capability ${capability}`),
    ...((container.ports ?? []).some(({ hostPort }) => hostPort) ? [`${who} must not use a host port`] : []),
    ...(context.procMount !== undefined && context.procMount !== 'Default' ? [`${who} must not change procMount`] : []),
    ...sharedBaseline(context, who),
  ];
}

/** Fields that a pod and a container have alike. */
function sharedBaseline(context: SecurityContext, who: string): string[] {
  const { seLinuxOptions = {} } = context;
  return [
    ...(context.seccompProfile?.type === 'Unconfined' ? [`${who} must not set seccompProfile to Unconfined`] : []),
    ...(context.appArmorProfile?.type === 'Unconfined' ? [`${who} must not set appArmorProfile to Unconfined`] : []),
    ...(context.windowsOptions?.hostProcess === true ? [`${who} must not be a host process`] : []),
    ...(!SELINUX_TYPES.includes(seLinuxOptions.type) || seLinuxOptions.user || seLinuxOptions.role ? [`${who} must not choose these seLinuxOptions`] : []),
  ];
}

function restrictedVolumes(pod: JsonObject): string[] {
  const volumes = ((pod.volumes as JsonObject[] | undefined) ?? []).filter(isPlainObject);
  return volumes.flatMap((volume) => {
    const kinds = Object.keys(volume).filter((key) => key !== 'name' && key !== 'hostPath' && !RESTRICTED_VOLUMES.includes(key));
    return kinds.map((kind) => `volume '${String(volume.name)}' must not be of kind ${kind}`);
  });
}

function containerRestricted(container: Container, pod: SecurityContext): string[] {
  const who = `container '${container.name}'`;
  const own = container.securityContext ?? {};
  const drops = own.capabilities?.drop ?? [];
  const added = (own.capabilities?.add ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE' && BASELINE_CAPABILITIES.includes(capability));
  const seccomp = own.seccompProfile?.type ?? pod.seccompProfile?.type;
  return [
    ...(own.allowPrivilegeEscalation === false ? [] : [`${who} must set allowPrivilegeEscalation to false`]),
    ...(drops.includes('ALL') ? [] : [`${who} must drop ALL capabilities`]),
    ...added.map((capability) => `${who} must not add the capability ${capability}`),
    ...((own.runAsNonRoot ?? pod.runAsNonRoot) === true ? [] : [`${who} must set runAsNonRoot to true`]),
    ...((own.runAsUser ?? pod.runAsUser) === 0 ? [`${who} must not run as user 0`] : []),
    ...(seccomp === undefined ? [`${who} must have a seccompProfile`] : []),
  ];
}
