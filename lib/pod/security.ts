import type { Application } from '../core/application';
import { readObject, type Shapes } from '../core/forms';
import { compact, nonEmpty, type JsonObject } from '../core/json';

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

const SHAPES: Shapes<SecurityProps> = { runAsUser: 'any', runAsGroup: 'any', fsGroup: 'any', supplementalGroups: 'list', readOnlyRootFilesystem: 'truth', bindLowPorts: 'truth', exception: 'any' };
const EXCEPTION_SHAPES: Shapes<SecurityException> = { reason: 'any', root: 'truth', capabilities: 'texts', privileged: 'truth' };
const CAPABILITY = /^(?!CAP_)[A-Z][A-Z_]*$/;

/** What the pod, its containers and its annotations say of security. */
export interface PodSecurity {
  readonly pod: JsonObject;
  readonly container: JsonObject;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads the `security` prop. */
export function readSecurity(application: Application, own: SecurityProps | undefined): PodSecurity {
  const security = readObject(application.problems, 'security', application.setting('security', own), SHAPES);
  const exception = readException(application, security.exception);
  checkIds(application, security);
  const root = exception?.root === true || exception?.privileged === true;
  if (security.runAsUser === 0 && !root) {
    application.problems.add('security.runAsUser', 0, "root is refused by the restricted Pod Security level; name another user, or give 'security.exception' with 'root: true' and a reason");
  }
  const pod = compact({
    runAsNonRoot: !root,
    runAsUser: security.runAsUser,
    runAsGroup: security.runAsGroup,
    fsGroup: security.fsGroup,
    // Without it, every file of a large volume is touched at each start.
    fsGroupChangePolicy: security.fsGroup === undefined ? undefined : 'OnRootMismatch',
    supplementalGroups: nonEmpty(security.supplementalGroups ?? []),
    seccompProfile: { type: 'RuntimeDefault' },
  })!;
  const added = new Set([...(security.bindLowPorts ? ['NET_BIND_SERVICE'] : []), ...(exception?.capabilities ?? [])]);
  const container = compact({
    privileged: exception?.privileged ? true : undefined,
    allowPrivilegeEscalation: exception?.privileged === true,
    readOnlyRootFilesystem: security.readOnlyRootFilesystem ?? true,
    capabilities: { ...(added.size > 0 ? { add: [...added] } : {}), drop: ['ALL'] },
  })!;
  return { pod, container, annotations: exception ? { 'fairlead.dev/security-exception': String(exception.reason) } : {} };
}

const isId = (id: unknown) => Number.isInteger(id) && (id as number) >= 0 && (id as number) <= 2_147_483_647;

function checkIds({ problems }: Application, { runAsUser, runAsGroup, fsGroup, supplementalGroups = [] }: SecurityProps): void {
  const ids = { runAsUser, runAsGroup, fsGroup, ...Object.fromEntries(supplementalGroups.map((id, index) => [`supplementalGroups[${index}]`, id])) };
  for (const [key, id] of Object.entries(ids)) {
    if (id !== undefined && !isId(id)) problems.add(`security.${key}`, id, 'a whole number from 0 to 2147483647 is allowed');
  }
}

function readException({ problems }: Application, given: SecurityException | undefined): Partial<SecurityException> | undefined {
  if (given === undefined) return undefined;
  const exception = readObject(problems, 'security.exception', given, EXCEPTION_SHAPES);
  const { reason, root, privileged, capabilities = [] } = exception;
  if (typeof reason !== 'string' || reason.trim() === '') problems.add('security.exception.reason', reason, 'a sentence that says why is required');
  if (!root && !privileged && capabilities.length === 0) problems.add('security.exception', given, "'root', 'capabilities' or 'privileged' must be asked for; an exception of nothing would change nothing");
  for (const name of capabilities) problems.check('security.exception.capabilities', name, (text) => (CAPABILITY.test(text) ? undefined : 'a name such as NET_ADMIN is allowed, without CAP_'));
  return exception;
}
