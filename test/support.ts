import { Chart, type ApiObject } from 'cdk8s';
import { App, SynthesisError, type AppProps, type JsonObject } from '../lib';

/** Props of the app that {@link render} makes, and the namespace of its chart. */
export interface SupportOptions extends AppProps {
  readonly namespace?: string;
}

/** Props of any kind: what a JavaScript user may pass. */
export type AnyProps = Readonly<Record<string, unknown>>;

/** Manifests by kind and name: `Deployment/web`. */
export type Manifests = Readonly<Record<string, JsonObject>>;

function appOf(build: (chart: Chart) => void, { namespace = 'shop', ...props }: SupportOptions): App {
  const app = new App(props);
  build(new Chart(app, 'chart', { namespace }));
  return app;
}

/** Renders what is built in a chart `chart` (namespace `shop`); throws when anything is wrong with it. */
export function render(build: (chart: Chart) => void, options: SupportOptions = {}): Manifests {
  const objects = appOf(build, options).render().files.flatMap((file) => file.objects);
  return Object.fromEntries(objects.map(({ manifest }) => [`${String(manifest.kind)}/${(manifest.metadata as { name: string }).name}`, manifest]));
}

/** Everything that is wrong with what is built; empty when nothing is. */
export function problemsOf(build: (chart: Chart) => void, options: SupportOptions = {}): readonly string[] {
  const app = appOf(build, options);
  try {
    app.render();
    return [];
  } catch (error) {
    if (error instanceof SynthesisError) return error.problems;
    throw error;
  }
}

/** The only object of the kind. */
export function only(manifests: Manifests, kind: string): JsonObject {
  const found = Object.values(manifests).filter((manifest) => manifest.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind}: ${Object.keys(manifests).join(', ')}`);
  return found[0]!;
}

/** A container as rendered. */
export interface RenderedContainer extends JsonObject {
  readonly name: string;
  readonly env?: readonly JsonObject[];
  readonly envFrom?: readonly JsonObject[];
  readonly volumeMounts?: readonly JsonObject[];
}

/** A pod spec as rendered. */
export interface RenderedPodSpec extends JsonObject {
  readonly containers: readonly RenderedContainer[];
  readonly initContainers?: readonly RenderedContainer[];
  readonly volumes?: readonly JsonObject[];
}

/** The pod template of a workload's manifest. */
export function templateOf(manifest: JsonObject): { readonly metadata: { readonly labels: Record<string, string>; readonly annotations?: Record<string, string> }; readonly spec: RenderedPodSpec } {
  const spec = manifest.spec as { template?: unknown; jobTemplate?: { spec: { template: unknown } } };
  return (spec.template ?? spec.jobTemplate?.spec.template) as ReturnType<typeof templateOf>;
}

/** The rendered JSON of one construct's object. */
export const jsonOf = (object: ApiObject | undefined): JsonObject => object!.toJson() as JsonObject;
