import type { IConstruct } from 'constructs';
import type { HttpMetrics } from '../network/http-metrics';
import type { CloudRights } from '../pod/cloud-rights';
import type { Port } from '../network/ports';
import type { Slo } from '../workloads/slo';
import { didYouMean } from './suggest';

/** What other constructs, and the monitoring, know of a workload. */
export interface ApplicationInfo {
  /** The construct. */
  readonly scope: IConstruct;
  /** Which construct made it: `WebApp`, `Worker`, `StatefulService`, `CronTask`, `ReleaseTask`. */
  readonly type: string;
  /** Its name. */
  readonly name: string;
  /** Its namespace; undefined where the chart names none. */
  readonly namespace: string | undefined;
  /** The labels that select its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** The team that owns it. */
  readonly owner: string | undefined;
  /** The ports of its Service, the primary one first; none where it has no Service. */
  readonly ports: readonly Port[];
  /** Where its metrics are served. */
  readonly metrics: MetricsEndpoint | undefined;
  /** Hosts that route to it from outside. */
  readonly hosts: readonly string[];
  /** What it may do in the cloud, and as which service account. @default nothing */
  readonly identity?: CloudIdentity | undefined;
  /** What it promises of its requests. @default nothing */
  readonly slo?: Slo | undefined;
  /** What it is for. @default nothing said */
  readonly description?: string | undefined;
  /** Where to read on, by name. @default nowhere */
  readonly links?: Readonly<Record<string, string>> | undefined;
}

/** Who a workload is in the cloud. */
export interface CloudIdentity {
  /** Name of its service account. */
  readonly serviceAccount: string;
  /** What it may do. */
  readonly rights: CloudRights;
}

/** Where metrics are served. */
export interface MetricsEndpoint {
  /** Number of the port. */
  readonly port: number;
  /** HTTP path. */
  readonly path: string;
  /** The metrics that count its HTTP requests. @default none known */
  readonly http?: HttpMetrics;
}

/** Anything that stands for one of our workloads. */
export interface IApplication extends IConstruct {
  /** What it tells others. */
  readonly application: ApplicationInfo;
}

/** A declared connection, before its target is looked up. */
export interface Connection {
  readonly from: ApplicationInfo;
  /** The target: a workload, or the name of one, with its namespace before a slash where that differs. */
  readonly to: ApplicationInfo | string;
  /** Names or numbers of the target's ports; all when undefined. */
  readonly ports: readonly (string | number)[] | undefined;
}

/** A connection whose target was found. */
export interface ResolvedConnection {
  readonly from: ApplicationInfo;
  readonly to: ApplicationInfo;
  readonly ports: readonly Port[];
}

/** Pods whose metrics are fetched, and who does. */
export interface Scrape {
  /** Who fetches them. */
  readonly from: ApplicationInfo;
  /** The namespace of the pods. */
  readonly namespace: string;
  /** The name of their workload. */
  readonly name: string;
  /** The labels that select them. */
  readonly selector: Readonly<Record<string, string>>;
  /** The port that the metrics are served on. */
  readonly port: number;
}

interface Index {
  readonly outgoing: ReadonlyMap<ApplicationInfo, readonly ResolvedConnection[]>;
  readonly incoming: ReadonlyMap<ApplicationInfo, readonly ResolvedConnection[]>;
}

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;

/** The workloads of an app and the connections between them. One per construct tree. */
export class Registry {
  private static readonly byRoot = new WeakMap<IConstruct, Registry>();

  /** The registry of the tree in which the construct stands. */
  public static of(scope: IConstruct): Registry {
    const { root } = scope.node;
    let registry = Registry.byRoot.get(root);
    if (!registry) Registry.byRoot.set(root, (registry = new Registry()));
    return registry;
  }

  private readonly byKey = new Map<string, ApplicationInfo>();
  private readonly hosts = new Map<string, ApplicationInfo>();
  private readonly nodePorts = new Map<number, ApplicationInfo>();
  private readonly connections: Connection[] = [];
  private readonly scrapes: Scrape[] = [];
  private index: Index | undefined;

  /** All workloads, in the order of their construction. */
  public get applications(): readonly ApplicationInfo[] {
    return [...this.byKey.values()];
  }

  /** Adds a workload; gives back the one that has its name already, if any. */
  public add(application: ApplicationInfo): ApplicationInfo | undefined {
    const key = keyOf(application.namespace, application.name);
    const other = this.byKey.get(key);
    if (!other) this.byKey.set(key, application);
    this.index = undefined;
    return other;
  }

  /** Claims a host and path for a route; gives back the workload that has it already, if any. */
  public claimHost(hostAndPath: string, application: ApplicationInfo): ApplicationInfo | undefined {
    const other = this.hosts.get(hostAndPath);
    if (!other) this.hosts.set(hostAndPath, application);
    return other;
  }

  /** Claims a port of the nodes for pods that share their network; gives back the workload that has it already, if any. */
  public claimNodePort(port: number, application: ApplicationInfo): ApplicationInfo | undefined {
    const other = this.nodePorts.get(port);
    if (!other) this.nodePorts.set(port, application);
    return other;
  }

  /** Declares a connection. */
  public connect(connection: Connection): void {
    this.connections.push(connection);
    this.index = undefined;
  }

  /** Declares that metrics are fetched. */
  public scrape(scrape: Scrape): void {
    this.scrapes.push(scrape);
  }

  /** What the workload fetches metrics from. */
  public scrapesBy(application: ApplicationInfo): readonly Scrape[] {
    return this.scrapes.filter(({ from }) => from === application);
  }

  /** Who fetches metrics from the workload. */
  public scrapesOf(application: ApplicationInfo): readonly Scrape[] {
    return this.scrapes.filter(({ namespace, name }) => namespace === application.namespace && name === application.name);
  }

  /** Finds the target of a connection. */
  public target({ from, to }: Connection): ApplicationInfo | undefined {
    if (typeof to !== 'string') return to;
    const slash = to.indexOf('/');
    return this.byKey.get(slash < 0 ? keyOf(from.namespace, to) : keyOf(to.slice(0, slash), to.slice(slash + 1)));
  }

  /** Says which workload was probably meant. */
  public suggest(name: string): string {
    const names = this.applications.map((application) => application.name);
    return didYouMean(name, names) || `; the app has: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`;
  }

  /** Connections from the workload, resolved. */
  public outgoing(application: ApplicationInfo): readonly ResolvedConnection[] {
    return (this.index ??= this.resolve()).outgoing.get(application) ?? [];
  }

  /** Connections to the workload, resolved. */
  public incoming(application: ApplicationInfo): readonly ResolvedConnection[] {
    return (this.index ??= this.resolve()).incoming.get(application) ?? [];
  }

  private resolve(): Index {
    const outgoing = new Map<ApplicationInfo, ResolvedConnection[]>();
    const incoming = new Map<ApplicationInfo, ResolvedConnection[]>();
    for (const connection of this.connections) {
      const to = this.target(connection);
      if (!to) continue;
      const wanted = connection.ports;
      const ports = to.ports.filter((port) => wanted === undefined || wanted.includes(port.name) || wanted.includes(port.port));
      const resolved = { from: connection.from, to, ports };
      push(outgoing, connection.from, resolved);
      push(incoming, to, resolved);
    }
    return { outgoing, incoming };
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
