import type { Application } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import { didYouMean } from '../core/suggest';

/** A way out of the restricted Pod Security level, with its reason, which stands in the manifest. */
export interface SecurityException {
  /** Why this workload needs it; rendered as the annotation `fairlead.dev/security-exception`. */
  readonly reason: string;
  /** Whether it may run as root. @default false */
  readonly root?: boolean;
  /** Linux capabilities that it needs beyond NET_BIND_SERVICE. @default none */
  readonly capabilities?: readonly string[];
  /** Whether it runs privileged: with all the rights of the node. @default false */
  readonly privileged?: boolean;
}

/**
 * Users, groups and rights of a pod. Without any of it a workload passes the restricted Pod Security level: not root,
 * no privilege escalation, no capabilities, the runtime's seccomp profile, a read-only root filesystem.
 */
export interface SecurityProps {
  /** User id of the processes. @default the image's own, which must not be root */
  readonly runAsUser?: number;
  /** Group id of the processes. @default the image's own */
  readonly runAsGroup?: number;
  /** Group that owns mounted volumes. @default none */
  readonly fsGroup?: number;
  /** Further groups. @default none */
  readonly supplementalGroups?: readonly number[];
  /** Whether the container's root filesystem is read-only; see `writablePaths` for exceptions. @default true */
  readonly readOnlyRootFilesystem?: boolean;
  /** Allows a port below 1024 (capability NET_BIND_SERVICE), as the restricted level does. @default false */
  readonly bindLowPorts?: boolean;
  /** A way out of the restricted level. The namespace must allow it too. @default none */
  readonly exception?: SecurityException;
}

const KEYS: Record<keyof SecurityProps, true> = { runAsUser: true, runAsGroup: true, fsGroup: true, supplementalGroups: true, readOnlyRootFilesystem: true, bindLowPorts: true, exception: true };
const EXCEPTION_KEYS: Record<keyof SecurityException, true> = { reason: true, root: true, capabilities: true, privileged: true };

/** What the pod, its containers and its annotations say of security. */
export interface PodSecurity {
  readonly pod: JsonObject;
  readonly container: JsonObject;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads the `security` prop. */
export function readSecurity(application: Application, own: SecurityProps | undefined): PodSecurity {
  const security = application.setting('security', own) ?? {};
  const { exception } = security;
  checkSecurity(application, security);
  const root = exception?.root === true || exception?.privileged === true;
  const pod = compact({
    runAsNonRoot: !root,
    runAsUser: security.runAsUser,
    runAsGroup: security.runAsGroup,
    fsGroup: security.fsGroup,
    supplementalGroups: security.supplementalGroups?.length ? [...security.supplementalGroups] : undefined,
    seccompProfile: { type: 'RuntimeDefault' },
  })!;
  const added = [...(security.bindLowPorts ? ['NET_BIND_SERVICE'] : []), ...(exception?.capabilities ?? [])];
  const container = compact({
    privileged: exception?.privileged ? true : undefined,
    allowPrivilegeEscalation: exception?.privileged ? true : false,
    readOnlyRootFilesystem: security.readOnlyRootFilesystem ?? true,
    capabilities: { ...(added.length > 0 ? { add: added } : {}), drop: ['ALL'] },
  })!;
  return { pod, container, annotations: exception ? { 'fairlead.dev/security-exception': String(exception.reason) } : {} };
}

function checkSecurity(application: Application, security: SecurityProps): void {
  const { problems } = application;
  problems.unknownKeys('security', security, Object.keys(KEYS), didYouMean);
  for (const key of ['runAsUser', 'runAsGroup', 'fsGroup'] as const) {
    const id = security[key];
    if (id !== undefined && !(Number.isInteger(id) && id >= 0 && id <= 2_147_483_647)) problems.add(`security.${key}`, id, 'a whole number from 0 to 2147483647 is allowed');
  }
  const { exception } = security;
  if (security.runAsUser === 0 && !exception?.root && !exception?.privileged) {
    problems.add('security.runAsUser', 0, "root is refused by the restricted Pod Security level; name another user, or give 'security.exception' with 'root: true' and a reason");
  }
  if (exception === undefined) return;
  problems.unknownKeys('security.exception', exception, Object.keys(EXCEPTION_KEYS), didYouMean);
  if (typeof exception.reason !== 'string' || exception.reason.trim() === '') problems.add('security.exception.reason', exception.reason, 'a sentence that says why is required');
  if (!exception.root && !exception.privileged && !exception.capabilities?.length) problems.add('security.exception', exception, "'root', 'capabilities' or 'privileged' must be asked for; an exception of nothing would change nothing");
}
