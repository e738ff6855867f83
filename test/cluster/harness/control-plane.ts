import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeCredentials, writeKubeconfig, type ApiServerFiles } from './api-server-files';
import { buildEngines } from './build';
import { Kubectl, type Connection } from './kubectl';
import { freePorts, Processes } from './processes';
import { furnish, installStageDefinition, waitUntilFurnished } from './simulation';

const START_TIMEOUT_MS = 60_000;
const LOOPBACK = '127.0.0.1';

/** A real Kubernetes API with real controllers; only nodes, containers and disks are simulated. */
export interface ControlPlane extends Connection {
  readonly simulated: true;
  /** Holds each component's log while the control plane runs. */
  readonly folder: string;
  /** Ends all its processes and removes its folder. Happens by itself when this process ends in any way. */
  stop(): Promise<void>;
  /** Lets it outlive this process; standing.ts finds and ends it. */
  leave(): Promise<void>;
}

/**
 * Starts a control plane on free loopback ports, building its programs first where needed.
 * @param given - its folder, which must be empty. @default a new one among the temporary files
 */
export async function startControlPlane(given?: string): Promise<ControlPlane> {
  const engines = await buildEngines();
  if (given !== undefined) await mkdir(given, { recursive: true, mode: 0o700 });
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'fairlead-cluster-')));
  const files = await writeCredentials(folder);
  const processes = new Processes(folder);
  const connection = {
    kubectl: path.join(engines, 'kubectl'),
    kubeconfig: files.kubeconfig,
    simulated: true,
  } as const;
  try {
    await startApiServer(processes, engines, folder, files);
    await startControllers(processes, engines, folder, files, new Kubectl(connection));
  } catch (error) {
    const logs = processes.lastLines();
    await processes.stop({ keepLogs: true });
    throw new Error(`the control plane did not start: ${(error as Error).message}; the last lines of its logs:\n${logs}`);
  }
  return { ...connection, folder, stop: () => processes.stop(), leave: () => processes.leave() };
}

async function startApiServer(
  processes: Processes,
  engines: string,
  folder: string,
  files: ApiServerFiles,
): Promise<void> {
  const [client, peer, secure] = (await freePorts(3)) as [number, number, number];
  const etcd = `http://${LOOPBACK}:${client}`;
  const server = `https://${LOOPBACK}:${secure}`;
  processes.start('etcd', path.join(engines, 'etcd'), etcdArgs(folder, etcd, `http://${LOOPBACK}:${peer}`));
  processes.start('kube-apiserver', path.join(engines, 'kube-apiserver'), [
    `--etcd-servers=${etcd}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${secure}`,
    `--cert-dir=${folder}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--endpoint-reconciler-type=none', // it refuses to publish a loopback address
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true', // as on real clusters, so that Pod Security is what refuses
    `--token-auth-file=${files.tokens}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${files.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
  ]);
  await eventually(processes, () => Promise.resolve(existsSync(files.certificate)));
  await writeKubeconfig(files, server);
  const kubectl = new Kubectl({ kubectl: path.join(engines, 'kubectl'), kubeconfig: files.kubeconfig, simulated: true });
  await eventually(processes, async () => (await kubectl.run(['get', '--raw', '/readyz'])).exitCode === 0);
}

function etcdArgs(folder: string, client: string, peer: string): string[] {
  return [
    `--data-dir=${path.join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync', // nobody needs this data after a power cut
    '--log-level=warn',
  ];
}

async function startControllers(
  processes: Processes,
  engines: string,
  folder: string,
  files: ApiServerFiles,
  kubectl: Kubectl,
): Promise<void> {
  const common = [`--kubeconfig=${files.kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
  processes.start('kube-controller-manager', path.join(engines, 'kube-controller-manager'), [
    ...common,
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    `--root-ca-file=${files.certificate}`,
    '--horizontal-pod-autoscaler-sync-period=2s', // the usual 15 s would be spent waiting
  ]);
  processes.start('kube-scheduler', path.join(engines, 'kube-scheduler'), common);
  await installStageDefinition(kubectl);
  await furnish(kubectl);
  await startKwok(processes, engines, folder, files);
  await waitUntilFurnished(kubectl);
  processes.check();
}

async function startKwok(
  processes: Processes,
  engines: string,
  folder: string,
  files: ApiServerFiles,
): Promise<void> {
  const [port] = (await freePorts(1)) as [number];
  // Stages come from the API server, so the file is empty; without it KWOK looks for others.
  const config = path.join(folder, 'kwok.yaml');
  await writeFile(config, '');
  processes.start('kwok', path.join(engines, 'kwok'), [
    `--kubeconfig=${files.kubeconfig}`,
    `--config=${config}`,
    '--enable-crds=Stage',
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=40',
    `--server-address=${LOOPBACK}:${port}`,
  ]);
}

async function eventually(processes: Processes, isDone: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isDone())) {
    processes.check();
    if (Date.now() > deadline) throw new Error(`not ready after ${START_TIMEOUT_MS / 1000} s`);
    await sleep(100);
  }
}
