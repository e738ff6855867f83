import type { JsonObject } from '../../lib';

/** A container that requests these. */
export const container = (cpu?: string, memory?: string, more: JsonObject = {}): JsonObject => ({ name: 'main', image: 'x:1', resources: { requests: { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) } }, ...more });

/** A workload whose pods request these. */
export function workload(kind: string, name: string, [cpu, memory]: readonly [string, string], spec: JsonObject = {}, pod: JsonObject = {}): JsonObject {
  const template = { metadata: {}, spec: { containers: [container(cpu, memory)], ...pod } };
  return { apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'shop' }, spec: { template, ...spec } };
}

/** An autoscaler of a Deployment. */
export const autoscaler = (name: string, min: number, max: number): JsonObject => ({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name, namespace: 'shop' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas: min, maxReplicas: max } });

/** A claim of a volume. */
export const claim = (name: string, storage: string, storageClassName?: string): JsonObject => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'shop' }, spec: { resources: { requests: { storage } }, ...(storageClassName === undefined ? {} : { storageClassName }) } });
