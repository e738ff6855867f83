import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { changesBetween, showPath, touches, type Change } from '../kubernetes/diff';
import { hide, isObject, isUnknown, reveal, UNKNOWN_TEXT, type Props } from '../kubernetes/values';

/** A resource of a cloud, as its stand-in is asked for it. */
export interface CloudResource {
  /** `gcp:container/cluster:Cluster`. */
  readonly type: string;
  /** Its logical name. */
  readonly name: string;
  /** The inputs, in clear. */
  readonly inputs: Props;
  /** Short, and the same for the same resource. */
  readonly hash: string;
}

/** The cluster that a new cluster turns out to be: that of the tests. */
export interface StandInCluster {
  /** `127.0.0.1:6443`. */
  readonly address: string;
  /** The certificate of its authority, in base64. */
  readonly certificate: string;
}

/** What a stand-in knows of a cloud. */
export interface CloudModel {
  /** Version of the real plugin. */
  readonly version: string;
  /** What the cloud says of a new resource, besides its inputs; its `id` where that is special. */
  readonly computed: (resource: CloudResource, cluster: StandInCluster) => Props & { readonly id?: string };
  /** What the cloud says anew of a resource that is changed. @default nothing */
  readonly updated?: (type: string, state: Props) => Props;
  /** Properties whose change replaces a resource, by type. */
  readonly replacing: Readonly<Record<string, readonly string[]>>;
  /** Types whose name is made from the logical one, and a suffix, where the program gives none; with the property. */
  readonly named: Readonly<Record<string, string>>;
  /** Why the cloud would refuse to delete a resource. */
  readonly refusal: (type: string, state: Props) => string | undefined;
  /** What the cloud answers. */
  readonly invoke: (token: string, args: Props) => Props;
}

/** What differs, as a provider tells it. */
export interface Difference {
  readonly changes: readonly (Change & { readonly replaces: boolean })[];
}

/** One thing that was asked for, as the log has it. */
export interface CloudAction {
  readonly action: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Props;
}

/** The inputs, with what the cloud adds to them at any depth. */
const merged = (inputs: Props, computed: Props): Props => Object.fromEntries([...new Set([...Object.keys(inputs), ...Object.keys(computed)])].map((key) => {
  const [given, added] = [inputs[key], computed[key]];
  return [key, isObject(given) && isObject(added) ? merged(given, added) : (added ?? given)];
}));

const parts = (urn: string) => ({ type: urn.split('::')[2]!.split('$').at(-1)!, name: urn.split('::').at(-1)! });
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 7);

/** Stands in for the provider of a cloud: makes nothing, answers as the cloud would, and records what it is asked for. */
export class CloudProvider {
  /**
   * @param log - path of the file that takes the actions, one a line
   * @param failures - path of a file that names the step to fail at: `create gcp:compute/network:Network`
   */
  constructor(
    private readonly model: CloudModel,
    private readonly cluster: StandInCluster,
    private readonly log: string,
    private readonly failures: string,
  ) {}

  get version(): string {
    return this.model.version;
  }

  /** Gives names to what has none, as the real ones do; the same one again where the old inputs have it. */
  check(urn: string, olds: Props, news: Props): Props {
    const { type, name } = parts(urn);
    const property = this.model.named[type];
    if (property === undefined || news[property] !== undefined) return news;
    return { ...news, [property]: olds[property] ?? `${name}-${hashOf(`${urn}${process.hrtime.bigint()}`)}` };
  }

  diff(urn: string, oldInputs: Props, news: Props, ignoreChanges: readonly string[]): Difference {
    const { type } = parts(urn);
    const [before, after] = [reveal(oldInputs), reveal(news)];
    const changes = changesBetween(before, after, before).filter(({ path }) => !path.some((step) => String(step).startsWith('__')));
    const counted = changes.filter(({ path }) => !ignoreChanges.some((ignored) => `${showPath(path)}.`.startsWith(`${ignored}.`)));
    return { changes: counted.map((change) => ({ ...change, replaces: touches(change, this.model.replacing[type] ?? []) })) };
  }

  create(urn: string, inputs: Props, preview: boolean): { readonly id: string; readonly state: Props } {
    const { type, name } = parts(urn);
    if (preview) return { id: '', state: inputs };
    this.failAsAsked('create', type, name);
    const { id = `${name}-${hashOf(urn)}`, ...computed } = this.model.computed({ type, name, inputs: reveal(inputs), hash: hashOf(urn) }, this.cluster);
    this.record({ action: 'create', type, name, id, inputs: reveal(inputs) });
    return { id, state: hide(merged(reveal(inputs), computed), inputs) };
  }

  update(id: string, urn: string, olds: Props, news: Props, preview: boolean): Props {
    const { type, name } = parts(urn);
    if (!preview) {
      this.failAsAsked('update', type, name);
      this.record({ action: 'update', type, name, id, inputs: reveal(news) });
    }
    const renewed = this.model.updated?.(type, reveal(olds)) ?? {};
    // Before it is changed, nobody knows what the cloud will say.
    const said = preview ? Object.fromEntries(Object.keys(renewed).map((key) => [key, UNKNOWN_TEXT])) : renewed;
    return hide({ ...merged(reveal(olds), reveal(news)), ...said }, news);
  }

  delete(id: string, urn: string, state: Props): void {
    const { type, name } = parts(urn);
    this.failAsAsked('delete', type, name);
    const refusal = this.model.refusal(type, reveal(state));
    if (refusal !== undefined) throw new Error(refusal);
    this.record({ action: 'delete', type, name, id, inputs: {} });
  }

  invoke(token: string, args: Props): Props {
    return this.model.invoke(token, reveal(args));
  }

  private record(action: CloudAction): void {
    if (JSON.stringify(action.inputs).split('"').some(isUnknown)) throw new Error(`${action.type}::${action.name} was to be made with inputs that are not known`);
    appendFileSync(this.log, `${JSON.stringify(action)}\n`);
  }

  private failAsAsked(action: string, type: string, name: string): void {
    const wanted = existsSync(this.failures) ? readFileSync(this.failures, 'utf8') : undefined;
    if (wanted === `${action} ${type}` || wanted === `${action} ${name}`) throw new Error(`asked to fail: ${wanted}`);
  }
}
