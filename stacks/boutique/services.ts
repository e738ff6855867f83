import type { Chart } from 'cdk8s';
import { WebApp, type ProbeProps, type ResourcesProps, type WebAppProps } from '../../lib';
import type { Settings } from '../environment';
import { image, QUICK, replicas } from './shared';

/** What one of the shop's gRPC services says of itself. */
interface GrpcServiceProps extends Pick<WebAppProps, 'env' | 'connectsTo' | 'after' | 'shutdown'> {
  readonly description: string;
  readonly port: number;
  readonly servicePort?: number;
  /** CPU and memory: request, then limit. */
  readonly cpu: readonly [string, string];
  readonly memory: readonly [string, string];
  readonly readiness?: Partial<ProbeProps>;
  readonly liveness?: Partial<ProbeProps>;
}

/** One of the shop's gRPC services. */
export function grpcService(chart: Chart, settings: Settings, name: string, props: GrpcServiceProps): WebApp {
  const { port, servicePort = port, cpu, memory, readiness, liveness, ...rest } = props;
  const resources: ResourcesProps = { requests: { cpu: cpu[0], memory: memory[0] }, limits: { cpu: cpu[1], memory: memory[1] } };
  return new WebApp(chart, name, {
    image: image(settings, name),
    containerName: 'server',
    ports: { grpc: { port, servicePort } },
    replicas: replicas(settings),
    resources,
    probes: { readiness: { grpc: true, ...readiness }, liveness: { grpc: true, ...liveness } },
    owner: 'shop',
    ...rest,
  });
}

/** The services behind the shop's pages, but for the cart. */
export function addServices(chart: Chart, settings: Settings): void {
  const quick = { shutdown: QUICK };
  const small = { cpu: ['100m', '200m'], memory: ['64Mi', '128Mi'] } as const;
  const often = { readiness: { period: '5s' }, liveness: { period: '5s' } };

  grpcService(chart, settings, 'adservice', {
    description: 'Picks advertisements that fit what is looked at', port: 9555, ...quick, cpu: ['200m', '300m'], memory: ['180Mi', '300Mi'], env: { PORT: '9555' },
    readiness: { initialDelay: '20s', period: '15s' }, liveness: { initialDelay: '20s', period: '15s' },
  });
  grpcService(chart, settings, 'currencyservice', {
    description: 'Converts prices', port: 7000, ...quick, ...small, env: { PORT: '7000', DISABLE_PROFILER: '1' },
  });
  grpcService(chart, settings, 'productcatalogservice', {
    description: 'Lists and finds products', port: 3550, ...quick, ...small, env: { PORT: '3550', DISABLE_PROFILER: '1' },
  });
  grpcService(chart, settings, 'recommendationservice', {
    description: 'Recommends products by what is in the cart', port: 8080, ...quick, cpu: ['100m', '200m'], memory: ['220Mi', '450Mi'], ...often,
    env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550', DISABLE_PROFILER: '1' },
    connectsTo: ['productcatalogservice'],
  });
  grpcService(chart, settings, 'shippingservice', {
    description: 'Quotes and books shipping', port: 50051, ...small, readiness: { period: '5s' }, env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });
  grpcService(chart, settings, 'paymentservice', {
    description: 'Charges cards', port: 50051, ...quick, ...small, env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });
  grpcService(chart, settings, 'emailservice', {
    description: 'Sends the confirmation of an order', port: 8080, servicePort: 5000, ...quick, ...small, ...often, env: { PORT: '8080', DISABLE_PROFILER: '1' },
  });
  grpcService(chart, settings, 'checkoutservice', {
    description: 'Takes an order through payment, shipping and e-mail', port: 5050, ...small,
    env: {
      PORT: '5050',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
      PAYMENT_SERVICE_ADDR: 'paymentservice:50051',
      EMAIL_SERVICE_ADDR: 'emailservice:5000',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      CART_SERVICE_ADDR: 'cartservice:7070',
    },
    connectsTo: ['productcatalogservice', 'shippingservice', 'paymentservice', 'emailservice', 'currencyservice', 'cartservice'],
  });
}
