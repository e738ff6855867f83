import type { Construct } from 'constructs';
import type { JsonObject } from '../../core/json';
import { Manifest } from '../../core/manifest';

/** The API of prometheus-operator. */
export const GROUP = 'monitoring.coreos.com';
const VERSIONS: Readonly<Record<string, string>> = { ScrapeConfig: 'v1alpha1', AlertmanagerConfig: 'v1alpha1' };

/** Makes one of the operator's resources, with the labels by which Prometheus finds it. */
export function resource(scope: Construct, kind: string, name: string, labels: Readonly<Record<string, string>>, spec: JsonObject): Manifest {
  const metadata = { name, labels: { ...labels, 'app.kubernetes.io/managed-by': 'fairlead' } };
  return new Manifest(scope, `${kind}-${name}`, { apiVersion: `${GROUP}/${VERSIONS[kind] ?? 'v1'}`, kind, metadata, spec });
}

/** The name of a resource for something in another namespace: dots stand in no namespace, so that no two agree. */
export const qualified = (...parts: readonly string[]): string => parts.join('.').toLowerCase().replace(/[^a-z0-9.-]+/g, '-').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
