import type { PulumiFn } from '@pulumi/pulumi/automation';
import { ChartResources, ReleaseRecord } from '../../../lib/pulumi';
import { ClusterProvider } from '../../../lib/pulumi/cluster';
import { shop, type Release } from '../fixtures/shop';

/** A release of the shop, and where to. */
export interface RecordedRelease {
  readonly context: string;
  readonly kubeconfig: string;
  readonly release: Parameters<typeof shop>[0];
}

/** A program that releases the shop, and records it. */
export function recordedShop({ context, kubeconfig, release }: RecordedRelease): PulumiFn {
  return async () => {
    const provider = new ClusterProvider('cluster', { identifier: context, context, kubeconfig });
    const version = (release as Partial<Release>).web ?? '1.0.0';
    const charts = new ChartResources('shop', { charts: shop(release), loadBalancer: false, protect: 'none', retainVolumes: false, release: { version } }, { provider });
    new ReleaseRecord('releases', { charts: [charts], info: { version, at: new Date().toISOString() }, outputs: { version } });
    return { version };
  };
}
