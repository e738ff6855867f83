import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Gateway, NightSchedule, PlatformNamespace, type GatewayProps } from '../../lib';
import { defined } from '../../lib/core/json';
import type { Settings } from '../environment';
import { addCart } from './cart';
import { addFrontend } from './frontend';
import { addLoadGenerator } from './load-generator';
import { addServices } from './services';

/** Annotation of the namespace of an environment that ends: when it may be removed. */
export const EXPIRES_ANNOTATION = 'fairlead.dev/expires';

/** What an environment has besides its settings. */
export interface BoutiqueOptions {
  /** When it may be removed; written on the namespace. @default never */
  readonly expires?: string;
  /** The Gateway by which requests come in. @default none: routes are Ingresses */
  readonly gateway?: GatewayProps;
}

/** Online Boutique, whole: the shop, its cart store, its jobs and the namespace that they stand in. */
export class Boutique extends Chart {
  public constructor(scope: Construct, id: string, settings: Settings, { expires, gateway }: BoutiqueOptions = {}) {
    super(scope, id, { namespace: settings.namespace });
    new PlatformNamespace(this, 'namespace', { quota: settings.quota, ...(expires === undefined ? {} : { annotations: { [EXPIRES_ANNOTATION]: expires } }) });
    if (gateway) new Gateway(this, 'gateway', gateway);
    const check = addCart(this, settings);
    addServices(this, settings);
    addFrontend(this, settings);
    addLoadGenerator(this, settings, check);
    // Last, as it puts to sleep what stands here.
    if (settings.workingHours) new NightSchedule(this, 'night', defined(settings.workingHours));
  }
}
