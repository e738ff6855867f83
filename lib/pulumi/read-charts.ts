import { ApiObject, Chart, type App } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { JsonObject } from '../core/json';
import type { Rendering } from '../synth/render';
import { describeObject, type DeployedObject } from './deployed-object';
import { listAt } from '../core/paths';

/** What can be deployed: a cdk8s app, a chart of one, or several; ours or anybody's. */
export type Charts = App | Chart | readonly (App | Chart)[];

interface Rendered {
  readonly construct: IConstruct;
  readonly manifest: JsonObject;
}

const isApp = (scope: unknown): boolean => Construct.isConstruct(scope) && scope.node.scope === undefined && typeof (scope as { synth?: unknown }).synth === 'function';

/** An app of ours, which checks every object against the cluster's schema while it renders. */
const hasRender = (root: IConstruct): root is IConstruct & { render(): Rendering } => typeof (root as { render?: unknown }).render === 'function';

/**
 * Renders the charts in memory: every construct is validated, every object rendered once.
 * @throws with every mistake found
 */
export function readCharts(charts: Charts): DeployedObject[] {
  const scopes = [...new Set<IConstruct>(Array.isArray(charts) ? charts : [charts])];
  const wrong = scopes.find((scope) => !isApp(scope) && !Chart.isChart(scope));
  if (scopes.length === 0 || wrong !== undefined) throw new Error(`charts: got ${scopes.length === 0 ? 'an empty list' : `a ${(wrong as object | null | undefined)?.constructor?.name ?? typeof wrong}`}; a cdk8s App, a Chart, or a list of them is allowed`);
  const roots = new Set(scopes.map((scope) => scope.node.root));
  const rendered = [...roots].flatMap((root) => {
    const own = scopes.filter((scope) => scope.node.root === root);
    return hasRender(root) ? below(root.render(), own) : renderPlain(own);
  });
  const objects = rendered.flatMap(unlist).map(({ manifest, construct }) => describeObject(manifest, construct));
  checkDuplicates(objects);
  return objects;
}

/** The objects of our app that stand in the scopes. */
function below(rendering: Rendering, scopes: readonly IConstruct[]): Rendered[] {
  const all = rendering.files.flatMap((file) => file.objects);
  if (scopes.some((scope) => scope.node.scope === undefined)) return all;
  const wanted = new Set(scopes);
  return all.filter(({ construct }) => construct.node.scopes.some((scope) => wanted.has(scope)));
}

function renderPlain(scopes: readonly IConstruct[]): Rendered[] {
  const constructs = [...new Set(scopes.flatMap((scope) => scope.node.findAll()))];
  const problems: string[] = [];
  const rendered: Rendered[] = [];
  for (const construct of constructs) {
    problems.push(...construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
    if (!ApiObject.isApiObject(construct)) continue;
    try {
      rendered.push({ construct, manifest: construct.toJson() as JsonObject });
    } catch (error) {
      problems.push(`[${construct.node.path}] ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new Error(`Validation failed with the following errors:\n  ${problems.join('\n  ')}`);
  return rendered;
}

/** A `List`, which only kubectl knows, is what it lists. */
function unlist({ construct, manifest }: Rendered): Rendered[] {
  if (manifest.apiVersion !== 'v1' || !String(manifest.kind).endsWith('List')) return [{ construct, manifest }];
  return listAt(manifest, 'items').map((item) => ({ construct, manifest: item }));
}

function checkDuplicates(objects: readonly DeployedObject[]): void {
  const seen = new Map<string, DeployedObject>();
  for (const object of objects) {
    const twin = seen.get(object.identity);
    if (twin) throw new Error(`[${object.construct.node.path}] got ${object.identity}; '${twin.construct.node.path}' makes it already; rename one of them`);
    seen.set(object.identity, object);
  }
}
