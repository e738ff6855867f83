import { App as Cdk8sApp, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { App, type AppProps } from '../app';
import { render, SynthesisError, type Rendering } from '../synth/render';
import { Manifests } from './manifests';

/** What is rendered: an app, a chart, a construct, or a function that fills a chart. */
export type TestSource = Construct | ((chart: Chart) => unknown);

/** Options of {@link synthesize}, for a function that fills a chart. */
export interface SynthesizeOptions extends Pick<AppProps, 'kubernetesVersion' | 'defaults'> {
  /** Namespace of the chart. @default 'test' */
  readonly namespace?: string;
}

/** An app for tests: as `App`, and nothing outside (`CDK8S_OUTDIR`) has a say in where it would write. */
export function testApp(props: AppProps = {}): App {
  return new App({ outdir: 'dist', ...props });
}

/**
 * Renders what a test is about. Checks the same as `App.synth`, and writes nothing.
 *
 * @example
 * ```ts
 * const manifests = synthesize((chart) => new WebApp(chart, 'shop', { image: 'ghcr.io/acme/shop:1.4.2', ports: { http: 8080 } }));
 * expect(manifests.problems).toEqual([]);
 * expect(manifests.find('Deployment', 'shop').metadata.labels).toHaveProperty('app.kubernetes.io/name', 'shop');
 * ```
 *
 * @param source - a function that fills a chart, or a construct: then the whole app that it stands in is rendered, and what lies at or below the construct given back
 */
export function synthesize(source: TestSource, options: SynthesizeOptions = {}): Manifests {
  const { namespace = 'test', ...props } = options;
  const scope = Construct.isConstruct(source) ? source : fill(new Chart(testApp(props), 'test', { namespace }), source);
  try {
    return new Manifests(below(scope, renderRoot(scope)));
  } catch (error) {
    if (error instanceof SynthesisError) return new Manifests(error);
    throw error;
  }
}

function fill(chart: Chart, build: (chart: Chart) => unknown): Chart {
  build(chart);
  return chart;
}

function renderRoot(scope: Construct): Rendering {
  const app = Cdk8sApp.of(scope);
  return app instanceof App ? app.render() : render(app, { kubernetesVersion: testApp().kubernetesVersion });
}

function below(scope: Construct, rendering: Rendering): Rendering {
  if (scope.node.scope === undefined) return rendering;
  const own = new Set(scope.node.findAll());
  const files = rendering.files.map((file) => ({ ...file, objects: file.objects.filter(({ construct }) => own.has(construct)) }));
  return { ...rendering, files: files.filter(({ objects }) => objects.length > 0) };
}
