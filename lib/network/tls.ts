import type { Application } from '../core/application';
import { readObject, type Shapes } from '../core/forms';
import { checkDnsSubdomain } from '../core/names';

/** Where the certificate comes from: a cert-manager issuer, or a Secret that exists. */
export interface IngressTls {
  /** Name of the cert-manager issuer. @default none */
  readonly issuer?: string;
  /** Whether the issuer serves the cluster or the namespace. @default 'ClusterIssuer' */
  readonly issuerKind?: 'ClusterIssuer' | 'Issuer';
  /** Name of the Secret with the certificate. @default `<name>-tls`, where an issuer fills it */
  readonly secretName?: string;
}

/** The TLS of a route: a certificate in the cluster; one of the load balancer's own, as an Application Load Balancer of AWS has; or none. */
export type RouteTls = IngressTls | 'loadBalancer' | false;

const SHAPES: Shapes<IngressTls> = { issuer: 'text', issuerKind: 'text', secretName: 'text' };

/** Reads the `tls` prop of a route. TLS of a Gateway ends at its listeners, so a default for Ingresses does not apply there. */
export function readTls(application: Application, own: RouteTls | undefined, behindGateway: boolean): RouteTls | undefined {
  const { problems } = application;
  const given = behindGateway ? own : application.setting('tls', own);
  if (given === undefined) {
    if (!behindGateway) problems.add('route.tls', undefined, "TLS is required: { issuer: 'name' } for a cert-manager issuer, { secretName: 'name' } for a certificate that exists, 'loadBalancer' where that has one, or false to serve plain HTTP");
    return undefined;
  }
  if (given === false || given === 'loadBalancer') {
    if (behindGateway) problems.add('route.tls', given, 'TLS ends at the listeners of the Gateway, not here; remove it');
    return given;
  }
  const tls = readObject(problems, 'route.tls', given, SHAPES);
  if (behindGateway && tls.issuer === undefined) problems.add('route.tls', given, "the listeners of the Gateway name their certificates; with a Gateway only 'issuer' is allowed, which makes a Certificate for them");
  else if (tls.issuer === undefined && tls.secretName === undefined) problems.add('route.tls', given, "'issuer' or 'secretName' is required");
  if (tls.issuerKind !== undefined && tls.issuer === undefined) problems.add('route.tls.issuerKind', tls.issuerKind, "it needs an 'issuer'");
  else if (tls.issuerKind !== undefined && tls.issuerKind !== 'ClusterIssuer' && tls.issuerKind !== 'Issuer') problems.add('route.tls.issuerKind', tls.issuerKind, "'ClusterIssuer' and 'Issuer' are allowed");
  for (const key of ['issuer', 'secretName'] as const) if (tls[key] !== undefined) problems.check(`route.tls.${key}`, tls[key], checkDnsSubdomain);
  return tls;
}

/** Whether the certificate is in the cluster. */
export const isOfCluster = (tls: RouteTls | undefined): tls is IngressTls => typeof tls === 'object';

/** The Secret that holds the certificate. */
export const tlsSecretName = (application: Application, tls: IngressTls): string => tls.secretName ?? `${application.name}-tls`;
