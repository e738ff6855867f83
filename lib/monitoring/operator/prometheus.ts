import { Construct } from 'constructs';
import type { JsonObject } from '../../core/json';
import { compact } from '../../core/json';
import type { Manifest } from '../../core/manifest';
import type { Problems } from '../../core/problems';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import type { EgressProps } from '../../network/traffic';
import { imageOf, type ImagesProps } from '../images';
import { EVALUATION_INTERVAL, REPLICA, timeoutOf } from '../prometheus/assemble';
import { egressTo, grantDiscovery, PORT, USER } from '../prometheus/prometheus';
import type { PrometheusSettings } from '../prometheus/props';
import { operate } from './operated';
import { remoteWrites } from './remote-write';

/** What an {@link OperatedPrometheus} is made from. */
export interface OperatedPrometheusProps {
  readonly settings: PrometheusSettings;
  readonly environment: string | undefined;
  readonly images: ImagesProps;
  /** The labels of the monitors and rules that it takes. */
  readonly labels: Readonly<Record<string, string>>;
  /** The namespaces that it looks for pods in. */
  readonly namespaces: readonly string[];
  /** The namespaces that it looks for Services in. */
  readonly services: readonly string[];
  readonly asks: { readonly kubelets: boolean; readonly apiServer: boolean };
  readonly egress: readonly EgressProps[];
  /** Where alerts go. @default nowhere */
  readonly alertmanager: ApplicationInfo | undefined;
  readonly problems: Problems;
}

/** A Prometheus that prometheus-operator runs: it takes the monitors and rules of this stack, and no others. */
export class OperatedPrometheus extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;
  /** The operator's resource. */
  public readonly resource: Manifest;

  public constructor(scope: Construct, id: string, props: OperatedPrometheusProps) {
    super(scope, id);
    const { settings, labels, alertmanager } = props;
    const operated = operate(this, {
      name: 'prometheus', description: 'Keeps the metrics and watches them by its rules', image: imageOf('prometheus', props.images), ports: { http: PORT }, replicas: settings.replicas,
      resources: settings.resources, user: USER, callsApiServer: true, identity: settings.identity, data: settings.data,
      egress: [...props.egress, ...settings.remoteWrites.map(egressTo)],
    });
    this.application = operated.info;
    grantDiscovery(this, this.application, { ...props, services: [...new Set([...props.services, ...(alertmanager ? [alertmanager.namespace!] : [])])] });
    // Without selectors of namespaces it looks in its own alone.
    const selector = { matchLabels: labels };
    this.resource = operated.make('Prometheus', labels, {
      ...collection(props),
      podMonitorSelector: selector, serviceMonitorSelector: selector, probeSelector: selector, scrapeConfigSelector: selector, ruleSelector: selector,
      alerting: alertmanager && { alertmanagers: [{ namespace: alertmanager.namespace, name: alertmanager.name, port: 'http', apiVersion: 'V2' }] },
      remoteWrite: settings.remoteWrites.length > 0 ? remoteWrites(this, props.problems, settings.remoteWrites) : undefined,
    });
  }
}

/** How it scrapes, what it keeps and what it calls itself. */
function collection({ settings, environment }: OperatedPrometheusProps): JsonObject {
  return {
    serviceDiscoveryRole: 'EndpointSlice',
    scrapeInterval: settings.scrapeInterval,
    scrapeTimeout: timeoutOf(settings.scrapeInterval),
    evaluationInterval: EVALUATION_INTERVAL,
    externalLabels: compact({ ...settings.externalLabels, environment }),
    // Alerts drop it again; the operator's own label would differ between the two modes.
    replicaExternalLabelName: REPLICA,
    prometheusExternalLabelName: '',
    retention: settings.retention.time,
    retentionSize: settings.retention.size,
  };
}
