import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import { toYaml } from '../../synth/yaml';
import { WebApp } from '../../workloads/web-app';
import { imageOf, type ImagesProps } from '../images';

const USER = 65534;
const PORT = 9115;
const DIRECTORY = '/etc/blackbox_exporter';
/** An answer, or a page behind a login; what an ingress controller says without an application is neither. */
const GOOD = [200, 201, 202, 203, 204, 205, 206, 401, 403];
const probing = (http: object) => ({ prober: 'http', timeout: '10s', http: { valid_status_codes: GOOD, preferred_ip_protocol: 'ip4', ...http } });
/** `https` refuses an address that answers without TLS, or with a certificate that a browser would refuse. */
const MODULES = { https: probing({ fail_if_not_ssl: true }), http: probing({}) };

/** Asks the public addresses as a browser would, and looks at their certificates. */
export class BlackboxExporter extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;
  /** Its host and port. */
  public readonly address: string;

  public constructor(scope: Construct, id: string, { images }: { readonly images: ImagesProps }) {
    super(scope, id);
    const workload = new WebApp(this, 'blackbox-exporter', {
      description: 'Asks the public addresses as a browser would',
      image: imageOf('blackboxExporter', images),
      args: [`--config.file=${DIRECTORY}/config.yml`],
      files: { [`${DIRECTORY}/config.yml`]: toYaml([{ modules: MODULES }]) },
      ports: { http: PORT },
      replicas: 1,
      probes: { readiness: { http: '/-/healthy' } },
      security: { runAsUser: USER, runAsGroup: USER },
      // A public address may lead out and in again, or straight to the ingress controller.
      egress: [{ cidrs: ['0.0.0.0/0'], ports: [80, 443] }],
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    });
    this.application = workload.application;
    this.address = `${this.application.name}.${Chart.of(this).namespace!}.svc:${PORT}`;
  }
}
