import type { Construct } from 'constructs';
import type { JsonObject } from '../../core/json';
import { Manifest } from '../../core/manifest';

/** Makes one of the resources of Google's managed Prometheus. */
export function googleResource(scope: Construct, kind: string, metadata: { readonly name: string; readonly namespace?: string }, fields: JsonObject): Manifest {
  return new Manifest(scope, [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('-'), {
    apiVersion: 'monitoring.googleapis.com/v1', kind, metadata: { ...metadata, labels: { 'app.kubernetes.io/managed-by': 'fairlead' } }, ...fields,
  });
}
