import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App as PlainApp, Chart } from 'cdk8s';
import { App, type JsonObject } from '../../lib';
import { ChartResources, type ChartResourcesArgs } from '../../lib/pulumi';
import { runProgram, type ProgramRun, type RegisteredResource, type RunOptions } from '../../lib/pulumi/testing';

/** Stands for a provider that names its cluster. */
export class Cluster extends pulumi.ProviderResource {
  public constructor(name = 'cluster') {
    super('kubernetes', name, { context: 'test' });
  }
}

/** Args of the component that a test cares about; a function where they need Outputs. */
export type Args = Partial<ChartResourcesArgs>;

/** Deploys one chart of ours, or of plain cdk8s, in namespace `shop`. */
export async function deploy(build: (chart: Chart) => void, args: Args | (() => Args) = {}, { plain = false, ...options }: RunOptions & { plain?: boolean } = {}): Promise<ProgramRun<ChartResources>> {
  return runProgram(() => {
    const app = plain ? new PlainApp() : new App();
    build(new Chart(app, 'shop', { namespace: 'shop' }));
    const given = typeof args === 'function' ? args() : args;
    return new ChartResources('shop', { charts: app, ...given }, { provider: new Cluster() });
  }, options);
}

/** Any object. */
export function object(chart: Chart, kind: string, name: string, body: JsonObject & { apiVersion?: string; metadata?: JsonObject } = {}): ApiObject {
  const { apiVersion = 'v1', metadata, ...fields } = body;
  return new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name, ...metadata }, ...fields });
}

/** A Deployment whose pods carry `app: <name>`. */
export function deployment(chart: Chart, name: string, pod: JsonObject = {}, spec: JsonObject = {}): ApiObject {
  const labels = { app: name };
  return object(chart, 'Deployment', name, { apiVersion: 'apps/v1', spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name, image: 'x:1' }], ...pod } }, ...spec } });
}

/** The registered object of that identity. */
export function registered({ objects }: ProgramRun<unknown>, identity: string): RegisteredResource {
  const found = objects.get(identity);
  if (!found) throw new Error(`no ${identity}; there are ${[...objects.keys()].join(', ')}`);
  return found;
}

/** Logical names of what an object waits for. */
export const waitsFor = (run: ProgramRun<unknown>, identity: string): string[] => registered(run, identity).dependencies.map((urn) => urn.split('::').at(-1)!).sort();
