import type * as pulumi from '@pulumi/pulumi';
import type { ChartResourcesArgs } from './args';
import { planCharts, type PlannedObject } from './plan';
import { PlannedResources } from './planned-resources';

/**
 * Deploys cdk8s charts: renders them in memory and registers a Pulumi resource for each object, named by what it is in the
 * cluster and ordered by what it needs, so that previews read like the YAML and what can go in parallel does.
 *
 * @example
 * ```ts
 * const provider = new kubernetes.Provider('cluster', { context: 'staging', enableConfigMapMutable: true, enableSecretMutable: true });
 * new ChartResources('shop', { charts: app, outputs: { 'database.address': database.address } }, { provider });
 * ```
 */
export class ChartResources extends PlannedResources {
  public constructor(name: string, args: ChartResourcesArgs, options?: pulumi.ComponentResourceOptions) {
    super(name, planned(name, args), options, args);
  }
}

/** The plan; what is wrong carries the component's name. */
function planned(name: string, args: ChartResourcesArgs): PlannedObject[] {
  try {
    return planCharts(args);
  } catch (error) {
    throw new Error(`ChartResources '${name}': ${explainOutput((error as Error).message)}`, { cause: error });
  }
}

/** cdk8s names the class of what it can't render; its users know it as an Output. */
function explainOutput(message: string): string {
  return message.includes('OutputImpl') ? `${message}\n  an Output can't stand in a chart: put token(name) there, and give ChartResources the Output under that name` : message;
}
