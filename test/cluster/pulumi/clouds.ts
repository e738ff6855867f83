import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { CloudAction, StandInCluster } from '../../engine/cloud/provider';
import type { Engine } from '../../engine';
import { writeExecPlugins } from '../../engine/cloud/exec-plugins';
import { VARIABLES } from '../../engine/cloud/serve';
import { bundlePlugin } from '../../engine/plugin';
import type { Connection } from '../harness/kubectl';

const ROOT = resolve(__dirname, '../../..');
const FOLDER = join(ROOT, 'node_modules/.cache/fairlead/plugins/clouds');

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

/**
 * Stand-ins for the clouds on a real engine: plugins that record, and whose clusters turn out to be the control plane of the
 * tests. Unlike that for Kubernetes they come before a real plugin on PATH, which would make things that cost money.
 */
export class Clouds {
  private readonly log: string;
  private readonly failures: string;
  private read = 0;

  /** Equips an engine with them. @param connection - of the control plane */
  constructor(engine: Engine, { kubeconfig }: Connection) {
    this.log = join(engine.directory, 'clouds.jsonl');
    this.failures = join(engine.directory, 'cloud-failure');
    writeFileSync(this.log, '');
    const cloud = join(ROOT, 'test/engine/cloud');
    for (const name of ['gcp', 'aws']) bundlePlugin(join(cloud, `${name}.ts`), FOLDER, `pulumi-resource-${name}`);
    const { clusters: [target], users: [identity] } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
    const certificate = target!.cluster['certificate-authority-data'];
    const cluster: StandInCluster = { address: new URL(target!.cluster.server).host, certificate };
    const authority = join(engine.directory, 'authority.crt');
    writeFileSync(authority, Buffer.from(certificate, 'base64'));
    const programs = writeExecPlugins(join(engine.directory, 'exec'), identity!.user.token);
    Object.assign(engine.environment, {
      PATH: [FOLDER, programs, engine.environment.PATH].join(delimiter),
      // GKE's DNS endpoint has a certificate that everyone trusts; that of the control plane is trusted by these.
      NODE_EXTRA_CA_CERTS: authority,
      SSL_CERT_FILE: authority,
      [VARIABLES.cluster]: JSON.stringify(cluster),
      [VARIABLES.log]: this.log,
      [VARIABLES.failures]: this.failures,
    });
  }

  /** What they were asked for since the last call. */
  actions(): CloudAction[] {
    const lines = readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.map((line) => JSON.parse(line) as CloudAction);
  }

  /** What was made and is not deleted. */
  standing(): string[] {
    const standing = new Map<string, string>();
    for (const line of readFileSync(this.log, 'utf8').split('\n').filter(Boolean)) {
      const { action, type, name, id } = JSON.parse(line) as CloudAction;
      if (action === 'delete') standing.delete(`${type} ${id}`);
      else standing.set(`${type} ${id}`, `${type} ${name}`);
    }
    return [...standing.values()].sort();
  }

  /** Lets them fail at one step, such as `create gcp:container/cluster:Cluster`, or at none any more. */
  fail(step: string | undefined): void {
    if (step === undefined) rmSync(this.failures, { force: true });
    else writeFileSync(this.failures, step);
  }
}
