import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { transport, type Port } from './ports';

/** Makes a Service for the ports; a headless one gives each pod a DNS name of its own. */
export function makeService(application: Application, property: string, ports: readonly Port[], options: { name?: string; headless?: boolean; annotations?: Readonly<Record<string, string>> | undefined } = {}): Manifest {
  return application.manifest(
    property,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { annotations: options.annotations },
      spec: {
        ...(options.headless ? { clusterIP: 'None', publishNotReadyAddresses: true } : { type: 'ClusterIP' }),
        selector: { ...application.selector },
        ports: ports.map((port) => ({ name: port.name, port: options.headless ? port.port : port.servicePort, targetPort: port.port, protocol: transport(port) })),
      },
    },
    options.name === undefined ? {} : { name: options.name },
  );
}
