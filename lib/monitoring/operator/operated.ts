import type { Construct } from 'constructs';
import { makeDisruptionBudget } from '../../availability/disruption';
import { readSpread } from '../../availability/spread';
import { Application, OWNERSHIP_KEYS, type OwnershipProps } from '../../core/application';
import { compact, type JsonObject } from '../../core/json';
import type { Manifest } from '../../core/manifest';
import type { ApplicationInfo } from '../../core/registry';
import { readMetrics } from '../../network/metrics';
import { readNetwork, type NetworkProps } from '../../network/network-policy';
import { readPorts, type PortsProps } from '../../network/ports';
import { makeService } from '../../network/service';
import { parseImage, readImage, type ImageInput } from '../../pod/image';
import { readResources, type ResourcesProps } from '../../pod/resources';
import { readScheduling, type SchedulingProps } from '../../pod/scheduling';
import { readSecurity } from '../../pod/security';
import { readServiceAccount, type IdentityProps } from '../../pod/service-account';
import { claimSpec } from '../../pod/volumes';
import type { Volume } from '../../pod/volume';
import { GROUP } from './resource';

/** What a program that the operator runs is made from. */
export interface OperatedProps extends OwnershipProps, Pick<NetworkProps, 'connectsTo' | 'egress'>, SchedulingProps {
  readonly image: ImageInput;
  readonly ports: PortsProps;
  readonly replicas: number;
  readonly resources: ResourcesProps;
  /** The user and group that it runs as. */
  readonly user: number;
  /** Whether it talks to the API server. */
  readonly callsApiServer: boolean;
  readonly identity?: IdentityProps | undefined;
  /** What is kept. @default space that goes with the pod */
  readonly data?: Volume | undefined;
}

/** A program that the operator runs: what others know of it, and what its resource must say. */
export interface Operated {
  readonly application: Application;
  readonly info: ApplicationInfo;
  /** Makes the operator's resource, of these fields and those that all its resources for programs have in common. */
  readonly make: (kind: string, labels: Readonly<Record<string, string>>, fields: JsonObject) => Manifest;
}

const KEYS: Record<keyof OwnershipProps, true> = OWNERSHIP_KEYS;
/** A label that the operator sets itself. */
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const VERSION = /^v\d+\.\d+\.\d+/;

/**
 * Makes what stands around the pods that the operator makes: Service, service account, NetworkPolicy and disruption budget.
 * The operator calls the pods of a Prometheus and of an Alertmanager by these names too (`app.kubernetes.io/name`), and adds
 * the labels that it is given: so the same selector finds them as in the other modes.
 */
export function operate(scope: Construct, props: OperatedProps): Operated {
  const { image: wanted, ports: given, replicas, identity, callsApiServer, user, data, connectsTo, egress, resources, ...rest } = props;
  const { nodeSelector, tolerations, priorityClassName, spot, ...ownership } = rest;
  const application = new Application(scope, ownership, { type: 'Operated', component: 'stateful', keys: KEYS });
  const ports = readPorts(application, given, 'tcp');
  const metrics = readMetrics(application, { port: 'http' }, ports);
  const account = readServiceAccount(application, { mountServiceAccountToken: callsApiServer, ...(identity ? { identity } : {}) });
  makeService(application, ports, undefined);
  makeDisruptionBudget(application, undefined, { min: replicas, max: replicas, fixed: replicas, scaling: undefined });
  const info = application.register({ ports, metrics, hosts: [] });
  readNetwork(application, { ...(connectsTo ? { connectsTo } : {}), ...(egress ? { egress } : {}) }, { info, callsApiServer, hasIdentity: identity !== undefined });
  if (replicas > 1) application.registry.connect({ from: info, to: info, ports: undefined });
  const { image } = readImage(application, 'image', wanted, undefined);
  const { tag } = parseImage(wanted);
  const { [MANAGED_BY]: _, ...labels } = application.labels;
  const spec = compact({
    image,
    // What the operator may write into the configuration hangs on it.
    version: tag !== undefined && VERSION.test(tag) ? tag : undefined,
    replicas,
    podMetadata: { labels },
    serviceAccountName: account.name,
    automountServiceAccountToken: callsApiServer,
    securityContext: readSecurity(application, { runAsUser: user, runAsGroup: user, fsGroup: user }).pod,
    resources: readResources(application, 'resources', resources, data ? [data] : []),
    storage: data && storageOf(data),
    podManagementPolicy: 'Parallel',
    topologySpreadConstraints: readSpread(application, undefined, undefined),
    imagePullSecrets: application.setting('imagePullSecrets', undefined)?.map((name) => ({ name })),
    ...readScheduling(application, compact({ nodeSelector, tolerations, priorityClassName, spot }) ?? {}),
  })!;
  const make: Operated['make'] = (kind, extra, fields) => application.manifest('resource', { apiVersion: `${GROUP}/v1`, kind, metadata: { labels: extra }, spec: compact({ ...spec, ...fields }) });
  return { application, info, make };
}

/** The volume of each pod, as the operator's resources have it. */
function storageOf({ source }: Volume): JsonObject {
  if (source.type === 'claim') return { volumeClaimTemplate: { spec: claimSpec(source.claim) } };
  return { emptyDir: source.spec.emptyDir };
}
