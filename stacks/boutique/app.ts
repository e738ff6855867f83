import { App } from '../../lib';
import { withFacts } from '../cluster/facts';
import type { ShopEnvironment } from '../environment';
import { Boutique } from './boutique';

/** The app of one environment: one cluster's worth of objects, and what holds for all of them. */
export function boutiqueApp(environment: ShopEnvironment, outdir: string): App {
  const { name, config, expires } = withFacts(environment);
  const app = new App({
    outdir,
    kubernetesVersion: config.kubernetesVersion,
    defaults: {
      partOf: 'boutique',
      labels: { 'fairlead.dev/environment': name },
      imagePolicy: config.images.policy,
      security: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
      spread: config.requireSpread ? 'required' : 'preferred',
    },
  });
  new Boutique(app, 'boutique', config, expires);
  if (config.monitoring) loadMonitoring().addMonitoring(app, environment, config.monitoring);
  return app;
}

/** Large, and loaded only where an environment has it. */
const loadMonitoring = () => require('../monitoring/monitoring') as typeof import('../monitoring/monitoring');
