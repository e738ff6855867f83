import type * as pulumi from '@pulumi/pulumi';
import { show } from '../core/problems';
import { didYouMean, sentenceList } from '../core/suggest';
import type { DeployedObject } from './deployed-object';
import type { Outputs } from './outputs';
import { PROTECTIONS, type Protection } from './protection';
import type { Charts } from './read-charts';
import { checkChange, type Change } from './release/change';
import { checkWatch, type WatchArgs } from './watch/args';

/** What {@link ChartResources} deploys, and how. */
export interface ChartResourcesArgs {
  /** What to deploy: a cdk8s app, a chart, or several. Charts of ours, of cdk8s-plus, of Helm and of plain YAML may be mixed. */
  readonly charts: Charts;
  /**
   * The Outputs that stand for the tokens in the charts, by name: `{ 'database.address': database.address }`.
   * @default none: a token in the charts is a mistake
   */
  readonly outputs?: Outputs;
  /**
   * A secret of the stack, at least 16 characters, that keys the digest by which pods roll when a secret Output changes in
   * a Secret or ConfigMap that they read.
   * @default none: required as soon as pods read a secret Output so
   */
  readonly digestKey?: pulumi.Input<string>;
  /**
   * What Pulumi refuses to delete or replace: `stateful` (StatefulSets, claims, volumes, namespaces, definitions of custom
   * resources), `all` or `none`.
   * @default 'stateful'
   */
  readonly protect?: Protection;
  /**
   * Objects that may be deleted or replaced nevertheless, as the preview names them: `['StatefulSet/shop/cache']`.
   * @default none
   */
  readonly allowDeletion?: readonly string[];
  /**
   * Whether volumes, their claims, and the namespaces in which claims stand are left in the cluster when Pulumi deletes them.
   * @default true
   */
  readonly retainVolumes?: boolean;
  /**
   * Whether the cluster gives addresses to Ingresses and to Services of type LoadBalancer; if not, nobody waits for one.
   * @default true
   */
  readonly loadBalancer?: boolean;
  /**
   * Objects that had another name before, new identity to old: `{ 'ConfigMap/shop/settings': 'ConfigMap/shop/config' }`. The
   * new object is then made before the old one goes, and a protected one is refused.
   * @default none: the old object is deleted after the new one was made
   */
  readonly renamed?: Readonly<Record<string, string>>;
  /**
   * Put before the logical names, with a dash: for the same objects in two clusters by one program.
   * @default none
   */
  readonly resourcePrefix?: string;
  /**
   * Whether to deploy without a provider, that is to wherever the kubeconfig at hand leads.
   * @default false: a provider is required, so that nothing is deployed to a cluster that nobody named
   */
  readonly ambientCluster?: boolean;
  /**
   * How to watch rollouts while Pulumi waits for them: one that can't progress then ends the `up` with the reason instead of
   * at its time-out. Needs the package `@kubernetes/client-node`.
   * @default none: nothing is watched
   */
  readonly watch?: WatchArgs;
  /**
   * What is released and why, as annotations of Deployments, StatefulSets and DaemonSets. Their pods do not roll for it.
   * @default none: the objects are as synth shows them
   */
  readonly release?: Change;
  /**
   * Further resource options for single objects; they are merged over those that are set here.
   * @default none
   */
  readonly optionsFor?: (object: DeployedObject) => pulumi.CustomResourceOptions | undefined;
}

const KEYS: Record<keyof ChartResourcesArgs, true> = {
  charts: true, outputs: true, digestKey: true, protect: true, allowDeletion: true, retainVolumes: true, loadBalancer: true,
  renamed: true, resourcePrefix: true, ambientCluster: true, watch: true, release: true, optionsFor: true,
};

/** @throws on what only JavaScript, or configuration, lets pass */
export function checkArgs(args: ChartResourcesArgs): void {
  const unknown = Object.keys(args).find((key) => !Object.hasOwn(KEYS, key));
  if (unknown !== undefined) throw new Error(`${unknown}: no such prop here${didYouMean(unknown, Object.keys(KEYS))} (its value is not shown: it may be secret)`);
  const { protect, resourcePrefix, digestKey, release, watch } = args;
  checkWatch(watch);
  checkChange(release, 'release');
  if (protect !== undefined && !PROTECTIONS.includes(protect)) throw new Error(`protect: got ${show(protect)}; ${sentenceList(PROTECTIONS.map((value) => `'${value}'`))} are allowed`);
  if (resourcePrefix === '') throw new Error("resourcePrefix: got \"\"; text is allowed, or leave it out");
  if (typeof digestKey === 'string' && digestKey.length < 16) throw new Error(`digestKey: got ${digestKey.length} characters (not shown); at least 16 are needed, such as those of \`openssl rand -hex 32\``);
}
