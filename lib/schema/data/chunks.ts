// Written by scripts/schemas. Do not edit.
/** The chunks of definitions by their first id; each loads at first use. */
export const CHUNKS: readonly { start: number; code: () => unknown; schemas: () => unknown }[] = [
  { start: 0, code: () => require('./admissionregistration.js'), schemas: () => require('./admissionregistration.json') },
  { start: 40, code: () => require('./apiextensions.js'), schemas: () => require('./apiextensions.json') },
  { start: 58, code: () => require('./apiregistration.js'), schemas: () => require('./apiregistration.json') },
  { start: 61, code: () => require('./apiserverinternal.js'), schemas: () => require('./apiserverinternal.json') },
  { start: 63, code: () => require('./apps.js'), schemas: () => require('./apps.json') },
  { start: 79, code: () => require('./authentication.js'), schemas: () => require('./authentication.json') },
  { start: 85, code: () => require('./authorization.js'), schemas: () => require('./authorization.json') },
  { start: 95, code: () => require('./autoscaling.js'), schemas: () => require('./autoscaling.json') },
  { start: 112, code: () => require('./batch.js'), schemas: () => require('./batch.json') },
  { start: 123, code: () => require('./certificates.js'), schemas: () => require('./certificates.json') },
  { start: 131, code: () => require('./coordination.js'), schemas: () => require('./coordination.json') },
  { start: 137, code: () => require('./core.js'), schemas: () => require('./core.json') },
  { start: 292, code: () => require('./discovery.js'), schemas: () => require('./discovery.json') },
  { start: 298, code: () => require('./events.js'), schemas: () => require('./events.json') },
  { start: 300, code: () => require('./flowcontrol.js'), schemas: () => require('./flowcontrol.json') },
  { start: 315, code: () => require('./meta.js'), schemas: () => require('./meta.json') },
  { start: 330, code: () => require('./networking.js'), schemas: () => require('./networking.json') },
  { start: 355, code: () => require('./node.js'), schemas: () => require('./node.json') },
  { start: 358, code: () => require('./policy.js'), schemas: () => require('./policy.json') },
  { start: 361, code: () => require('./rbac.js'), schemas: () => require('./rbac.json') },
  { start: 368, code: () => require('./resource.js'), schemas: () => require('./resource.json') },
  { start: 470, code: () => require('./scheduling.js'), schemas: () => require('./scheduling.json') },
  { start: 488, code: () => require('./storage.js'), schemas: () => require('./storage.json') },
  { start: 501, code: () => require('./storagemigration.js'), schemas: () => require('./storagemigration.json') },
  { start: 506, code: () => require('./cert-manager.js'), schemas: () => require('./cert-manager.json') },
  { start: 586, code: () => require('./external-secrets.js'), schemas: () => require('./external-secrets.json') },
  { start: 779, code: () => require('./gateway-api.js'), schemas: () => require('./gateway-api.json') },
  { start: 866, code: () => require('./google-managed-prometheus.js'), schemas: () => require('./google-managed-prometheus.json') },
  { start: 922, code: () => require('./keda.js'), schemas: () => require('./keda.json') },
  { start: 1073, code: () => require('./prometheus-operator.js'), schemas: () => require('./prometheus-operator.json') },
  { start: 1332, code: () => require('./sealed-secrets.js'), schemas: () => require('./sealed-secrets.json') },
  { start: 1336, code: () => require('./vertical-pod-autoscaler.js'), schemas: () => require('./vertical-pod-autoscaler.json') },
];

/** The number of definitions. */
export const DEFINITIONS = 1347;

/** Kinds, shared definitions and sources. */
export const loadIndex = (): unknown => require('./index.json');
