import type { JsonObject } from '../core/json';
import type { RenderedFile, Rendering, RequiredSecret } from '../synth/render';
import { SynthesisError } from '../synth/render';
import { toYaml } from '../synth/yaml';

/** A rendered object, as it goes into the YAML. */
export interface RenderedManifest extends JsonObject {
  /** Group and version of the kind: `apps/v1`. */
  readonly apiVersion: string;
  /** Kind of the object: `Deployment`. */
  readonly kind: string;
  /** Name, namespace, labels and annotations. */
  readonly metadata: ManifestMetadata;
}

/** Metadata of a {@link RenderedManifest}. */
export interface ManifestMetadata extends JsonObject {
  /** Name of the object. */
  readonly name: string;
  /** Namespace of the object. @default none: the object stands in no namespace, or the chart names none */
  readonly namespace?: string;
  /** Labels of the object. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the object. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What came out of {@link synthesize}: the objects in the order of application, or what is wrong. */
export class Manifests {
  /** What is wrong, a message a mistake with the construct's path in brackets before it; empty when all is well. */
  public readonly problems: readonly string[];
  private readonly rendering: Rendering | undefined;

  /** @internal */
  public constructor(result: Rendering | SynthesisError) {
    this.problems = result instanceof SynthesisError ? result.problems : [];
    this.rendering = result instanceof SynthesisError ? undefined : result;
  }

  /**
   * All objects, or those of a kind.
   * @throws SynthesisError when there are problems
   */
  public all<T = RenderedManifest>(kind?: string): T[] {
    const manifests = this.whole().files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as RenderedManifest));
    return manifests.filter((manifest) => kind === undefined || manifest.kind === kind) as T[];
  }

  /**
   * The one object of a kind, or of a kind and name.
   * @throws Error when there is none or more than one, saying what there is; SynthesisError when there are problems
   */
  public find<T = RenderedManifest>(kind: string, name?: string): T {
    const found = this.all(kind).filter(({ metadata }) => name === undefined || metadata.name === name);
    if (found.length === 1) return found[0] as T;
    const wanted = name === undefined ? kind : `${kind} '${name}'`;
    throw new Error(`find: got ${found.length === 0 ? `no ${wanted}` : `${found.length} of ${wanted}`}; there are: ${this.list(found.length === 0 ? undefined : kind)}`);
  }

  /**
   * All objects as YAML.
   * @throws SynthesisError when there are problems
   */
  public yaml(): string {
    return toYaml(this.all());
  }

  /** The files that synth would write. */
  public get files(): readonly RenderedFile[] {
    return this.whole().files;
  }

  /** The Secrets that the objects need and that none of them brings. */
  public get requiredSecrets(): readonly RequiredSecret[] {
    return this.whole().requiredSecrets;
  }

  private list(kind: string | undefined): string {
    const names = this.all(kind).map((manifest) => `${manifest.kind} '${[manifest.metadata.namespace, manifest.metadata.name].filter(Boolean).join('/')}'`);
    return names.length === 0 ? 'no objects at all' : names.join(', ');
  }

  private whole(): Rendering {
    if (!this.rendering) throw new SynthesisError(this.problems);
    return this.rendering;
  }
}
