import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { asFlag } from '../core/shape';

/** Makes a VerticalPodAutoscaler that only recommends requests (it changes no pod), where asked for. */
export function makeRecommender(application: Application, wanted: boolean | undefined, target: Manifest): void {
  if (!asFlag(application.problems, 'recommendResources', wanted)) return;
  application.manifest('verticalPodAutoscaler', {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    spec: { targetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name }, updatePolicy: { updateMode: 'Off' } },
  });
}
