import { Construct } from 'constructs';
import { keysOf, shaped, type Shapes } from '../../core/forms';
import { defined } from '../../core/json';
import { Problems } from '../../core/problems';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import type { ImageInput } from '../../pod/image';
import type { IdentityProps } from '../../pod/service-account';
import type { RouteProps } from '../../network/route';
import { Volume } from '../../pod/volume';
import { WebApp, type WebAppProps } from '../../workloads/web-app';
import type { MonitoredApplication } from '../application';
import { imageOf } from '../images';
import type { CloudLogs } from '../managed-logs';
import { withJobLabelsWithin } from '../modes/jobs';
import { readSource, type SourceInput } from './address';
import { applicationDashboard } from './application-dashboard';
import { readCloudSource } from './cloud-source';
import type { DashboardContext } from './context';
import type { DashboardFile } from './dashboard';
import { checkTwins, splitByFolder } from './files';
import { mountFolders } from './folder-mounts';
import type { LoginProps, SecretKey } from './login';
import { readOwnDashboards, type OwnDashboards } from './own-dashboards';
import { OVERVIEW_UID } from './links';
import { ENVIRONMENT_FOLDER, overviewDashboard } from './overview-dashboard';
import { platformDashboard } from './platform-dashboard';
import { provisioningFiles } from './provisioning';
import { grafanaSettings } from './settings';
import { ALERTMANAGER, CLOUDWATCH, LOKI, PROMETHEUS } from './sources';

/** What people set of Grafana. */
export interface GrafanaSettings extends Pick<WebAppProps, 'name' | 'owner' | 'partOf' | 'links' | 'labels' | 'annotations' | 'patches' | 'resources' | 'connectsTo' | 'egress' | 'nodeSelector' | 'tolerations' | 'priorityClassName'> {
  /** The key of a Secret that holds the administrator's password. */
  readonly adminPassword: SecretKey;
  /** The administrator's name. @default 'admin' */
  readonly adminUser?: string;
  /** The key of a Secret that Grafana encrypts with what it stores. @default its built-in one, which everyone knows; refused with `storage` and `login`, as tokens of users would lie on the volume */
  readonly secretKey?: SecretKey;
  /** Login through an identity provider. @default by name and password alone */
  readonly login?: LoginProps;
  /** The route from outside. @default none: reached by a port-forward */
  readonly route?: Omit<RouteProps, 'paths' | 'port'>;
  /** A volume for what people make in Grafana. @default none: its dashboards are files, and nothing else is kept */
  readonly storage?: StorageProps;
  /** Your own dashboards by the title of their folder: JSON, or builders of Grafana's SDK. @default none */
  readonly dashboards?: OwnDashboards;
  /** Address of the runbooks, linked from every dashboard. @default no link */
  readonly runbooks?: string;
  /** The role (`awsRoleArn`) by which it reads logs in CloudWatch. @default none: its dashboards link to the cloud's console */
  readonly identity?: IdentityProps;
  /** The image. @default Grafana's, in the release that the settings are written for */
  readonly image?: ImageInput;
}

/** A volume. */
export interface StorageProps {
  /** Size: `'2Gi'`. */
  readonly size: string;
  /** Name of the StorageClass. @default the cluster's default class */
  readonly storageClass?: string;
}

/** What Grafana shows and where it reads. */
export interface GrafanaProps extends GrafanaSettings {
  /** The applications, each of which gets a dashboard. */
  readonly applications: readonly MonitoredApplication[];
  /** Name of the environment, as titles show it. */
  readonly environment: string;
  /** Prometheus. */
  readonly prometheus: SourceInput;
  /** Alertmanager. @default none */
  readonly alertmanager?: SourceInput;
  /** Loki. @default none: no panels of logs */
  readonly loki?: SourceInput;
  /** The logs that the cloud keeps, where there is no Loki. @default none */
  readonly cloudLogs?: CloudLogs;
  /** What else is collected: without it no panel speaks of it. @default nothing */
  readonly collects?: CollectsProps;
  /** The jobs that Prometheus scrapes: panels that ask for another are left out. @default all that there are */
  readonly jobs?: readonly string[];
  /** Time between two scrapes. @default '30s' */
  readonly scrapeInterval?: string;
  /** The value that the label `job` has on the series of a job. @default the job's name */
  readonly jobLabel?: (job: string) => string;
}

/** What is collected besides the applications and the objects of the cluster. */
export interface CollectsProps {
  /** Whether public routes are probed. @default false */
  readonly probes?: boolean;
  /** Whether node-exporter runs on the nodes. @default false */
  readonly nodes?: boolean;
  /** Whether FluentD collects the logs. @default false */
  readonly fluentd?: boolean;
}

const SHAPES: Shapes<GrafanaProps> = {
  name: 'text', owner: 'text', partOf: 'text', links: 'map', labels: 'map', annotations: 'map', patches: 'map', resources: 'any', connectsTo: 'list', egress: 'any', nodeSelector: 'map', tolerations: 'list',
  priorityClassName: 'text', adminPassword: 'any', adminUser: 'text', secretKey: 'any', login: 'map', route: 'map', storage: 'any', dashboards: 'map', runbooks: 'text', identity: 'any', image: 'any',
  applications: 'list', environment: 'text', prometheus: 'any', alertmanager: 'any', loki: 'any', cloudLogs: 'any', collects: 'map', jobs: 'texts', scrapeInterval: 'text', jobLabel: 'any',
};
const USER = 472;
const PORT = 3_000;
const DATA = '/var/lib/grafana';
/** Small, and enough for a team; Grafana holds its dashboards in memory. */
const RESOURCES = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } };
const HEALTH = '/api/health';

/** Grafana with its sources and dashboards, made from what the applications say of themselves. */
export class Grafana extends Construct implements IApplication {
  public readonly application: ApplicationInfo;
  /** The workload. */
  public readonly server: WebApp;
  /** Its dashboards, by folder. */
  public readonly dashboards: readonly DashboardFile[];
  /** Its address from outside; undefined without a route. */
  public readonly url: string | undefined;

  public constructor(scope: Construct, id: string, given: GrafanaProps) {
    super(scope, id);
    const problems = new Problems(this);
    problems.unknownKeys('', given, Object.keys(keysOf(SHAPES)));
    const props = shaped(problems, '', given, SHAPES);
    const { name = id, loki, alertmanager, login, storage, secretKey } = props;
    this.url = urlOf(props.route);
    const { cloudLogs, egress } = readCloudSource(problems, props);
    this.dashboards = makeDashboards(problems, props, cloudLogs);
    if (login && props.egress === undefined && props.connectsTo === undefined) problems.add('egress', undefined, "Grafana must reach the identity provider of 'login'; name its addresses, 'any', or its workload in 'connectsTo'");
    if (login && storage && secretKey === undefined) problems.add('secretKey', undefined, "with 'storage' and 'login' the tokens of users lie on the volume, encrypted with a key that everyone knows; give { secret, key }");
    if (login && !this.url) problems.add('route', undefined, "a route is required with 'login': the identity provider sends users back to it");
    const sources = { prometheus: readSource(problems, 'prometheus', props.prometheus), alertmanager: readSource(problems, 'alertmanager', alertmanager), loki: readSource(problems, 'loki', loki) };
    if (!sources.prometheus) problems.add('prometheus', props.prometheus, 'a workload or { url } is required');
    const settings = grafanaSettings(problems, { adminUser: props.adminUser ?? 'admin', adminPassword: props.adminPassword, secretKey, login, url: this.url, home: `${ENVIRONMENT_FOLDER}/${OVERVIEW_UID}.json` });
    const addresses = { prometheus: sources.prometheus?.url ?? '', alertmanager: sources.alertmanager?.url, loki: sources.loki?.url, cloudwatch: cloudLogs?.grafana?.region, scrapeInterval: props.scrapeInterval ?? '30s' };
    this.server = new WebApp(this, 'server', {
      ...ownership(props),
      ...defined({ egress, identity: props.identity }),
      name,
      ...(props.route ? { route: props.route } : {}),
      image: props.image ?? imageOf('grafana'),
      ports: { http: PORT },
      replicas: 1,
      config: settings.config,
      files: { ...provisioningFiles(addresses), ...settings.files },
      mounts: { ...mountFolders(this, name, splitByFolder(problems, 'dashboards', this.dashboards)), ...(storage ? { [DATA]: Volume.claim('data', storage) } : {}) },
      writablePaths: storage ? ['/tmp'] : ['/tmp', DATA],
      resources: props.resources ?? RESOURCES,
      security: { runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      probes: { readiness: { http: HEALTH, period: '5s', timeout: '3s' }, liveness: { http: HEALTH, period: '10s', timeout: '5s', failureThreshold: 6 } },
      metrics: { port: 'http' },
      connectsTo: [...Object.values(sources).flatMap((source) => source?.connection ?? []), ...(props.connectsTo ?? [])],
    });
    this.application = this.server.application;
  }
}

/** Props that go to the workload as they are. */
function ownership(props: GrafanaProps): Partial<WebAppProps> {
  const { owner, partOf, links, labels, annotations, patches, nodeSelector, tolerations, priorityClassName } = props;
  return defined({ owner, partOf, links, labels, annotations, patches, nodeSelector, tolerations, priorityClassName });
}

function urlOf(route: GrafanaSettings['route']): string | undefined {
  const host: unknown = Array.isArray(route?.hosts) ? route.hosts[0] : undefined;
  return typeof host === 'string' ? `http${route?.tls === false ? '' : 's'}://${host}` : undefined;
}

function makeDashboards(problems: Problems, props: GrafanaProps, cloudLogs: CloudLogs | undefined): readonly DashboardFile[] {
  const { applications = [], environment = '', loki, alertmanager, runbooks, collects = {}, jobLabel = (job) => job } = props;
  const context: DashboardContext = {
    environment, logs: loki !== undefined, alertmanager: alertmanager !== undefined, blackbox: collects.probes ?? false, nodes: collects.nodes ?? false, fluentd: collects.fluentd ?? false,
    ...defined({ runbooks, cloudLogs, jobs: props.jobs && new Set(props.jobs) }),
  };
  const sources = [PROMETHEUS.uid, ...(context.alertmanager ? [ALERTMANAGER.uid] : []), ...(context.logs ? [LOKI.uid] : []), ...(cloudLogs?.grafana ? [CLOUDWATCH.uid] : [])];
  const made = [overviewDashboard(applications, context), platformDashboard(context), ...applications.map((application) => applicationDashboard(application, context))];
  const dashboards = [
    ...made.map((file) => withJobLabelsWithin(file, jobLabel)),
    ...readOwnDashboards(problems, 'dashboards', props.dashboards ?? {}, sources),
  ];
  checkTwins(problems, 'dashboards', dashboards);
  return dashboards;
}
