import { ENGINES_MODULE } from './go';
import { buildTools } from './go-tools';

export type EngineName = keyof typeof ENGINES;

/** What each binary is built from, in the order of building: shared dependencies first. */
const ENGINES = {
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kwok: 'sigs.k8s.io/kwok/cmd/kwok',
} as const;

export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

/** Builds the programs of the control plane that are not in the cache yet, and resolves with their folder. */
export function buildEngines(names: readonly EngineName[] = ENGINE_NAMES): Promise<string> {
  return buildTools({ title: 'engines', module: ENGINES_MODULE, programs: ENGINES, linkerFlags: linkerFlags() }, names);
}

/** Without its version set, an API server calls itself v0.0.0 and clients distrust it. */
function linkerFlags(): string {
  const version = ENGINES_MODULE.pinnedVersion('k8s.io/kubernetes');
  const [major, minor] = version.slice(1).split('.');
  const facts = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((pkg) => [
    `-X ${pkg}.gitVersion=${version}`,
    `-X ${pkg}.gitMajor=${major}`,
    `-X ${pkg}.gitMinor=${minor}`,
    `-X ${pkg}.gitTreeState=clean`,
  ]);
  facts.push(`-X sigs.k8s.io/kwok/pkg/consts.Version=${ENGINES_MODULE.pinnedVersion('sigs.k8s.io/kwok')}`);
  return ['-s', '-w', ...facts].join(' ');
}

/** `npx tsx test/cluster/harness/build.ts` fills the cache ahead of the tests, as CI wants it. */
if (require.main === module) {
  buildEngines().then(
    (folder) => process.stdout.write(`${folder}\n`),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
