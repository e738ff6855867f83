import type { Construct } from 'constructs';
import { Application, OWNERSHIP_KEYS, type OwnershipProps } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo } from '../core/registry';
import { readMetrics, type MetricsProps } from '../network/metrics';
import { readPorts, type PortsProps } from '../network/ports';
import { makePod, POD_KEYS, type PodProps } from '../pod/pod-template';
import type { ProbesProps } from '../pod/probes';
import { portsOfPod, readSidecars } from '../pod/sidecar';
import { readShutdown, type ShutdownProps } from '../pod/shutdown';
import { announce } from '../workloads/announce';
import { versionLabel } from '../workloads/serving';
import { Workload } from '../workloads/workload';

/** Props of a {@link NodeAgent}. */
export interface NodeAgentProps extends OwnershipProps, PodProps {
  /** Ports by name. @default none */
  readonly ports?: PortsProps;
  /** Where metrics are served. @default not measured */
  readonly metrics?: MetricsProps;
  /** How the kubelet asks how it is. @default derived from the primary port */
  readonly probes?: ProbesProps;
  /** How it stops. @default 20 s to finish */
  readonly shutdown?: ShutdownProps;
  /** Namespaces of the node that its pods share. @default none */
  readonly host?: { readonly network?: boolean; readonly processes?: boolean };
}

const KEYS: Record<keyof NodeAgentProps, true> = { ...OWNERSHIP_KEYS, ...POD_KEYS, ports: true, metrics: true, probes: true, shutdown: true, host: true };

/** A pod on every node, tainted ones too: what watches the nodes themselves. Makes a DaemonSet. */
export class NodeAgent extends Workload {
  public readonly application: ApplicationInfo;
  /** The DaemonSet. */
  public readonly daemonSet: Manifest;

  public constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'NodeAgent', component: 'agent', keys: KEYS });
    const ports = readPorts(application, props.ports, 'http');
    const sidecars = readSidecars(application, props.sidecars, ports);
    const metrics = readMetrics(application, props.metrics, portsOfPod(ports, sidecars));
    const { grace } = readShutdown(application, props.shutdown, false);
    const everywhere = { ...props, tolerations: props.tolerations ?? application.decide('tolerations', [{ operator: 'Exists' }], 'every node is watched, whatever its taints') };
    const pod = makePod(application, everywhere, { ports, sidecars, metrics, probes: { given: props.probes }, grace, spec: hostFields(props.host) });
    this.daemonSet = application.manifest('daemonSet', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { labels: versionLabel(props.image) },
      spec: {
        selector: { matchLabels: { ...application.selector } },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
        template: pod.template((name) => `${application.name}-${name}`),
      },
    });
    this.application = announce(application, props, pod, { metrics });
  }
}

function hostFields({ network, processes }: NonNullable<NodeAgentProps['host']> = {}): JsonObject | undefined {
  return compact({ hostNetwork: network ? true : undefined, dnsPolicy: network ? 'ClusterFirstWithHostNet' : undefined, hostPID: processes ? true : undefined });
}
