export type { ChartResourcesArgs } from './args';
export { ChartResources } from './chart-resources';
export type { DeployedObject } from './deployed-object';
export { KubernetesObject, type ObjectMetadata } from './kubernetes-object';
export type { Outputs, OutputValue } from './outputs';
export type { Protection } from './protection';
export type { Charts } from './read-charts';
export { token } from './token';
