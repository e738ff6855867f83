import { App as Cdk8sApp, type IResolver } from 'cdk8s';
import { setDefaults, type Defaults } from './core/defaults';
import { show } from './core/problems';
import { didYouMean, sentenceList } from './core/suggest';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from './schema/versions';
import { replaceDirectory } from './synth/output';
import { render, type Rendering } from './synth/render';
import { toYaml } from './synth/yaml';

/** Props of an {@link App}. */
export interface AppProps {
  /** Directory that `synth` writes to; manifests that stand there are replaced. @default what the cdk8s CLI asks for (`CDK8S_OUTDIR`), or `dist` */
  readonly outdir?: string;
  /** Version of the cluster that the objects are for; every object is checked against its schema. @default '1.34' */
  readonly kubernetesVersion?: KubernetesVersion;
  /** Values that hold for every workload of the app. @default none */
  readonly defaults?: Defaults;
  /** Extension of the files. @default '.yaml' */
  readonly outputFileExtension?: string;
  /** Resolvers of cdk8s, asked for every value of every object. @default none */
  readonly resolvers?: IResolver[];
}

const KEYS: Record<keyof AppProps, true> = { outdir: true, kubernetesVersion: true, defaults: true, outputFileExtension: true, resolvers: true };
const KUBERNETES_VERSION: KubernetesVersion = '1.34';

/** Mistakes that only JavaScript lets pass, or an environment's configuration. */
function checkProps(props: AppProps): void {
  const refuse = (prop: string, mend: string): never => {
    throw new Error(`App: ${prop}: got ${show(props[prop as keyof AppProps])}; ${mend}`);
  };
  const unknown = Object.keys(props).find((key) => !Object.hasOwn(KEYS, key));
  if (unknown !== undefined) refuse(unknown, `no such prop here${didYouMean(unknown, Object.keys(KEYS))}`);
  const { kubernetesVersion = KUBERNETES_VERSION, outdir = 'dist', outputFileExtension = '.yaml' } = props;
  if (!KUBERNETES_VERSIONS.includes(kubernetesVersion)) refuse('kubernetesVersion', `${sentenceList(KUBERNETES_VERSIONS)} are allowed`);
  if (typeof outdir !== 'string' || outdir === '') refuse('outdir', 'the path of a directory is allowed');
  if (!/^(\.[A-Za-z0-9]+)+$/.test(outputFileExtension)) refuse('outputFileExtension', 'an extension with its dot is allowed, such as ".k8s.yaml"');
}

/**
 * A cdk8s app for one cluster or environment that renders in one pass, checks every object against the schema of the
 * cluster's version, writes a file for each workload, and leaves the last good output alone when anything is wrong.
 * Any cdk8s chart works in it; our constructs work in a plain cdk8s `App` too, without the schema check.
 */
export class App extends Cdk8sApp {
  /** Version of the cluster that the objects are for. */
  public readonly kubernetesVersion: KubernetesVersion;

  public constructor(props: AppProps = {}) {
    checkProps(props);
    const { outdir, resolvers, outputFileExtension = '.yaml' } = props;
    super({ ...(outdir === undefined ? {} : { outdir }), ...(resolvers === undefined ? {} : { resolvers }), outputFileExtension });
    this.kubernetesVersion = props.kubernetesVersion ?? KUBERNETES_VERSION;
    if (props.defaults) setDefaults(this, props.defaults);
  }

  /**
   * Renders every object, without writing anything.
   * @throws SynthesisError with every mistake found
   */
  public render(): Rendering {
    return render(this, { kubernetesVersion: this.kubernetesVersion });
  }

  /** The files that {@link synth} writes, by name. */
  public renderFiles(rendering: Rendering = this.render()): Map<string, string> {
    return new Map(rendering.files.map(({ name, objects }) => [`${name}${this.outputFileExtension}`, toYaml(objects.map(({ manifest }) => manifest))]));
  }

  /** Writes a file for each workload to the output directory; when anything is wrong, what stands there stays. */
  public override synth(): void {
    replaceDirectory(this.outdir, this.renderFiles());
  }

  /** All objects as one stream of YAML documents, in the order of application. */
  public override synthYaml(): string {
    return [...this.renderFiles().values()].join('---\n');
  }
}
