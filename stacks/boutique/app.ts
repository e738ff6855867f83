import { App } from '../../lib';
import { defined } from '../../lib/core/json';
import { entranceOf } from '../cluster/entrance';
import { clusterFacts, withFacts } from '../cluster/facts';
import type { ShopEnvironment } from '../environment';
import { Boutique } from './boutique';

/** The app of one environment: one cluster's worth of objects, and what holds for all of them. */
export function boutiqueApp(environment: ShopEnvironment, outdir: string): App {
  const facts = clusterFacts(environment);
  const known = withFacts(environment, facts);
  const { name, config, expires } = known;
  const entrance = entranceOf(config, facts);
  const app = new App({
    outdir,
    kubernetesVersion: config.kubernetesVersion,
    defaults: {
      partOf: 'boutique',
      labels: { 'fairlead.dev/environment': name },
      imagePolicy: config.images.policy,
      security: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
      spread: config.requireSpread ? 'required' : 'preferred',
      ...entrance.defaults,
    },
  });
  new Boutique(app, 'boutique', config, defined({ expires, gateway: entrance.gateway }));
  if (config.monitoring) loadMonitoring().addMonitoring(app, known, config.monitoring);
  return app;
}

/** Large, and loaded only where an environment has it. */
const loadMonitoring = () => require('../monitoring/monitoring') as typeof import('../monitoring/monitoring');
