import { Construct } from 'constructs';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import type { IdentityProps } from '../../pod/service-account';
import { WebApp } from '../../workloads/web-app';
import { imageOf, type ImagesProps } from '../images';

const USER = 1000;
const PORT = 9090;
/** Where it gets the credentials of the node. */
const METADATA = { cidrs: ['169.254.169.254/32'], ports: [80, 988] };

/** Asks Google Cloud for metrics as if a Prometheus stood here: Grafana can show no identity of the cluster itself. */
export class MetricsFrontend extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;

  public constructor(scope: Construct, id: string, { project, identity, images }: { readonly project: string; readonly identity: IdentityProps | undefined; readonly images: ImagesProps }) {
    super(scope, id);
    const workload = new WebApp(this, 'prometheus', {
      description: "Hands the questions of Grafana on to Google Cloud's metrics",
      image: imageOf('googleFrontend', images),
      args: [`--web.listen-address=:${PORT}`, `--query.project-id=${project}`],
      ports: { http: PORT },
      probes: { readiness: { http: '/-/ready' }, liveness: { http: '/-/healthy' } },
      security: { runAsUser: USER, runAsGroup: USER },
      egress: [{ cidrs: ['0.0.0.0/0'], ports: [443] }, ...(identity ? [] : [METADATA])],
      ...(identity ? { identity } : {}),
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    });
    this.application = workload.application;
  }
}
