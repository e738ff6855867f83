import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { keysOf, readObject, shaped, type Shapes } from '../core/forms';
import { isPlainObject, nonEmpty, type JsonObject } from '../core/json';
import { Manifest } from '../core/manifest';
import { checkDnsLabel, checkDnsSubdomain, checkHost } from '../core/names';
import { readPatch, type Patch } from '../core/patch';
import { Problems } from '../core/problems';
import { readAnnotations } from './annotations';
import type { GatewayReference } from './gateway-route';
import { NAMESPACE_LABEL } from './traffic';

/** Props of a {@link Gateway}. */
export interface GatewayProps {
  /** Name of the Gateway. @default the construct's id */
  readonly name?: string;
  /** Its class: `gke-l7-global-external-managed`, `istio`. */
  readonly className: string;
  /** Where its certificate comes from: `loadBalancer`, which has its own (by annotations, where it takes them), or a Secret. */
  readonly tls: 'loadBalancer' | GatewaySecret;
  /** Hosts whose plain requests are sent on to https. @default every host */
  readonly hosts?: readonly string[];
  /** Name of an address that is reserved for it. @default the load balancer gets any */
  readonly address?: string;
  /** Namespaces whose routes it takes, besides its own. @default none */
  readonly routesFrom?: readonly string[];
  /** Annotations of the Gateway, such as `networking.gke.io/certmap`. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** A change to the Gateway. @default none */
  readonly patch?: Patch;
}

/** A Secret with a certificate. */
export interface GatewaySecret {
  /** Its name; it stands in the namespace of the Gateway. */
  readonly secretName: string;
}

const SHAPES: Shapes<GatewayProps> = { name: 'text', className: 'text', tls: 'any', hosts: 'texts', address: 'text', routesFrom: 'texts', annotations: 'any', patch: 'any' };
const SECRET_SHAPES: Shapes<GatewaySecret> = { secretName: 'any' };

/** The listener that routes attach to. */
export const HTTPS = 'https';
const HTTP = 'http';
const MANAGED = { 'app.kubernetes.io/managed-by': 'fairlead' };

/**
 * The way into the cluster for HTTPRoutes and GRPCRoutes: over TLS alone, as plain requests are sent on to it. Give
 * {@link reference} to a route, or as the default `gateway`.
 */
export class Gateway extends Construct {
  /** What a route names. */
  public readonly reference: GatewayReference;
  /** The Gateway. */
  public readonly gateway: Manifest;
  /** The HTTPRoute that sends plain requests on to https. */
  public readonly redirect: Manifest;

  public constructor(scope: Construct, id: string, given: GatewayProps) {
    super(scope, id);
    const problems = new Problems(this);
    problems.unknownKeys('', given, Object.keys(keysOf(SHAPES)));
    const props: Partial<GatewayProps> = shaped(problems, '', given, SHAPES);
    const { name = id, className, hosts = [], address } = props;
    const { namespace } = Chart.of(this);
    for (const [prop, value] of Object.entries({ name, className, ...(address === undefined ? {} : { address }) })) problems.check(prop, value, checkDnsSubdomain);
    for (const host of hosts) problems.check('hosts', host, checkHost);
    this.reference = { name, ...(namespace === undefined ? {} : { namespace }), sectionName: HTTPS, ...(className === undefined ? {} : { className }) };
    const annotations = readAnnotations(problems, 'annotations', props.annotations);
    this.gateway = new Manifest(this, 'gateway', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, labels: MANAGED, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
      spec: {
        gatewayClassName: className,
        ...(address === undefined ? {} : { addresses: [{ type: 'NamedAddress', value: address }] }),
        listeners: [
          { name: HTTP, protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } },
          { name: HTTPS, protocol: 'HTTPS', port: 443, ...readTls(problems, props.tls), allowedRoutes: { namespaces: readNamespaces(problems, namespace, props.routesFrom) } },
        ],
      },
    }, readPatch(problems, props.patch));
    this.redirect = new Manifest(this, 'redirect', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: `${name}-redirect`, labels: MANAGED },
      spec: {
        parentRefs: [{ name, sectionName: HTTP }],
        hostnames: nonEmpty(hosts),
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    });
  }
}

function readTls(problems: Problems, given: GatewayProps['tls'] | undefined): JsonObject {
  if (given === 'loadBalancer') return {};
  if (!isPlainObject(given)) {
    problems.add('tls', given, "TLS is required: 'loadBalancer' where that has certificates of its own, or { secretName: 'name' }");
    return {};
  }
  const { secretName } = readObject<GatewaySecret>(problems, 'tls', given as unknown as GatewaySecret, SECRET_SHAPES);
  problems.check('tls.secretName', secretName, checkDnsSubdomain);
  return { tls: { mode: 'Terminate', certificateRefs: [{ name: secretName }] } };
}

/** Only our own charts say who may route: else whoever can make a route takes over a host. */
function readNamespaces(problems: Problems, own: string | undefined, others: readonly string[] = []): JsonObject {
  if (others.length === 0) return { from: 'Same' };
  for (const name of others) problems.check('routesFrom', name, checkDnsLabel);
  if (own === undefined) problems.add('routesFrom', others, "the Gateway's own namespace must be known too; give the chart a namespace");
  const values = [...new Set([own, ...others])].sort();
  return { from: 'Selector', selector: { matchExpressions: [{ key: NAMESPACE_LABEL, operator: 'In', values }] } };
}
