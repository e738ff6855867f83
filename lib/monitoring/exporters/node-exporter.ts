import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { fromField } from '../../config/env';
import { Problems } from '../../core/problems';
import { Registry, type ApplicationInfo, type IApplication } from '../../core/registry';
import { Volume } from '../../pod/volume';
import { imageOf, type ImagesProps } from '../images';
import { NodeAgent } from '../node-agent';

const USER = 65534;
/** The port of the nodes that it answers on, unless another is given. */
export const NODE_EXPORTER_PORT = 9100;

/** node-exporter. */
export interface NodeExporterProps {
  /** The port of the nodes that it answers on; two on the same nodes need one each. @default 9100 */
  readonly port?: number;
}

/** Disks that are mounted after the start are seen too. */
const PROPAGATION = [0, 1].map((mount) => JsonPatch.add(`/spec/template/spec/containers/0/volumeMounts/${mount}/mountPropagation`, 'HostToContainer'));
/** Pods come and go; their mounts and network devices would be new series each time. */
const PASSING = {
  mounts: '^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+|var/lib/kubelet/.+|run/containerd/.+)($|/)',
  devices: '^(veth.*|cali.*|lxc.*|cilium.*|gke[0-9a-f]{8,}|eni[0-9a-f]{8,}|[a-f0-9]{15})$',
};

/**
 * Tells what a node's kernel knows of processor, memory, disks and network. It reads all of the node's files, shares its
 * network and sees its processes: it stands in a namespace whose Pod Security level is `privileged`.
 */
export class NodeExporter extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;

  public constructor(scope: Construct, id: string, { images, port = NODE_EXPORTER_PORT }: NodeExporterProps & { readonly images: ImagesProps }) {
    super(scope, id);
    const workload = new NodeAgent(this, 'node-exporter', {
      description: 'Tells the state of each node as metrics',
      image: imageOf('nodeExporter', images),
      args: [
        '--path.rootfs=/host/root', '--path.procfs=/host/root/proc', '--path.sysfs=/host/sys', `--web.listen-address=[$(HOST_IP)]:${port}`,
        `--collector.filesystem.mount-points-exclude=${PASSING.mounts}`, `--collector.netclass.ignored-devices=${PASSING.devices}`, `--collector.netdev.device-exclude=${PASSING.devices}`,
      ],
      env: { HOST_IP: fromField('status.hostIP') },
      ports: { http: port },
      metrics: { port: 'http' },
      host: { network: true, processes: true },
      mounts: { '/host/root': { volume: Volume.of('root', { hostPath: { path: '/' } }), readOnly: true }, '/host/sys': { volume: Volume.of('sys', { hostPath: { path: '/sys' } }), readOnly: true } },
      podAnnotations: { 'fairlead.dev/security-exception': "Reads the node's files and processes, and its network devices; writes nothing" },
      probes: { readiness: { http: '/' } },
      security: { runAsUser: USER, runAsGroup: USER },
      // No policy holds for pods in the network of the node.
      networkPolicy: false,
      resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } },
      patches: { daemonSet: PROPAGATION },
    });
    this.application = workload.application;
    const other = Registry.of(this).claimNodePort(port, this.application);
    if (other) new Problems(this).add('port', port, `'${other.scope.node.path}' answers on this port of the nodes already, and the pods of one of the two would never start; give this one another (exporters: { node: { port: ${port + 1} } }), or none (exporters: { node: false })`);
  }
}
