import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';

/** Makes a VerticalPodAutoscaler that only recommends requests (it changes no pod), where asked for. */
export function makeRecommender(application: Application, wanted: boolean | undefined, target: Manifest): Manifest | undefined {
  if (!wanted) return undefined;
  return application.manifest('verticalPodAutoscaler', {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    spec: { targetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name }, updatePolicy: { updateMode: 'Off' } },
  });
}
