import type { Chart } from 'cdk8s';
import { WebApp, type ProbeProps } from '../../lib';
import type { Settings } from '../environment';
import { image, replicas } from './shared';

/** Asks the health page as a shopper whose session is known, so that no session is made for each probe. */
const health = (session: string): ProbeProps => ({ http: { path: '/_healthz', headers: { Cookie: `shop_session-id=${session}` } }, initialDelay: '10s' });

/** The shop's pages, reached from outside by the environment's host name. */
export function addFrontend(chart: Chart, settings: Settings): void {
  new WebApp(chart, 'frontend', {
    description: "The shop's pages",
    owner: 'shop',
    image: image(settings, 'frontend'),
    containerName: 'server',
    ports: { http: { port: 8080, servicePort: 80 } },
    replicas: replicas(settings),
    route: { hosts: [settings.host] },
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      CART_SERVICE_ADDR: 'cartservice:7070',
      RECOMMENDATION_SERVICE_ADDR: 'recommendationservice:8080',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
      CHECKOUT_SERVICE_ADDR: 'checkoutservice:5050',
      AD_SERVICE_ADDR: 'adservice:9555',
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      ENABLE_PROFILER: '0',
    },
    connectsTo: ['productcatalogservice', 'currencyservice', 'cartservice', 'recommendationservice', 'shippingservice', 'checkoutservice', 'adservice'],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    probes: { readiness: health('x-readiness-probe'), liveness: health('x-liveness-probe') },
    podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
  });
}
