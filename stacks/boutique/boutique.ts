import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { PlatformNamespace } from '../../lib';
import type { Settings } from '../environment';
import { addCart } from './cart';
import { addFrontend } from './frontend';
import { addLoadGenerator } from './load-generator';
import { addMonitoring } from './monitoring';
import { addServices } from './services';

/** Online Boutique, whole: the shop, its cart store, its jobs the namespace that they stand in, and what watches it all. */
export class Boutique extends Chart {
  public constructor(scope: Construct, id: string, environment: string, settings: Settings) {
    super(scope, id, { namespace: settings.namespace });
    new PlatformNamespace(this, 'namespace', { quota: settings.quota });
    const check = addCart(this, settings);
    addServices(this, settings);
    addFrontend(this, settings);
    addLoadGenerator(this, settings, check);
    addMonitoring(this, environment, settings);
  }
}
