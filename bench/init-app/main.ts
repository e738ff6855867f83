/**
 * The twelve workloads of Online Boutique, one environment, by hand with plain cdk8s-plus, in a project as
 * `cdk8s init typescript-app` makes it: what the benchmark runs `npx cdk8s synth` on.
 */
import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const TAG = 'v0.10.3';

interface ServiceProps {
  readonly port: number;
  readonly servicePort?: number;
  readonly image?: string;
  /** CPU in thousandths and memory in MiB: request, then limit. */
  readonly cpu: readonly [number, number];
  readonly memory: readonly [number, number];
  readonly env?: Readonly<Record<string, string>>;
  readonly probe?: kplus.Probe;
}

class Boutique extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'boutique' });
    const small = { cpu: [100, 200], memory: [64, 128] } as const;
    this.addService('adservice', { port: 9555, cpu: [200, 300], memory: [180, 300], env: { PORT: '9555' } });
    this.addService('currencyservice', { port: 7000, ...small, env: { PORT: '7000', DISABLE_PROFILER: '1' } });
    this.addService('productcatalogservice', { port: 3550, ...small, env: { PORT: '3550', DISABLE_PROFILER: '1' } });
    this.addService('recommendationservice', {
      port: 8080, cpu: [100, 200], memory: [220, 450],
      env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550', DISABLE_PROFILER: '1' },
    });
    this.addService('shippingservice', { port: 50051, ...small, env: { PORT: '50051', DISABLE_PROFILER: '1' } });
    this.addService('paymentservice', { port: 50051, ...small, env: { PORT: '50051', DISABLE_PROFILER: '1' } });
    this.addService('emailservice', { port: 8080, servicePort: 5000, ...small, env: { PORT: '8080', DISABLE_PROFILER: '1' } });
    this.addService('checkoutservice', {
      port: 5050, ...small,
      env: {
        PORT: '5050',
        PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
        SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
        PAYMENT_SERVICE_ADDR: 'paymentservice:50051',
        EMAIL_SERVICE_ADDR: 'emailservice:5000',
        CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
        CART_SERVICE_ADDR: 'cartservice:7070',
      },
    });
    this.addService('cartservice', { port: 7070, cpu: [200, 300], memory: [64, 128], env: { REDIS_ADDR: 'redis-cart:6379' } });
    this.addService('redis-cart', {
      port: 6379, image: 'redis:8.2.1-alpine', cpu: [70, 125], memory: [200, 256], probe: kplus.Probe.fromTcpSocket({ port: 6379 }),
    });
    this.addFrontend();
    this.addLoadGenerator();
  }

  private addService(name: string, props: ServiceProps): kplus.Service {
    const probe = props.probe ?? kplus.Probe.fromTcpSocket({ port: props.port, initialDelaySeconds: Duration.seconds(10) });
    const deployment = new kplus.Deployment(this, name, {
      metadata: { name, labels: { app: name } },
      replicas: 1,
      securityContext: { user: 1000, group: 1000, fsGroup: 1000, ensureNonRoot: true },
      terminationGracePeriod: Duration.seconds(5),
      containers: [this.container(props.image === undefined ? name : 'redis', { ...props, image: props.image ?? this.image(name), probe })],
    });
    return deployment.exposeViaService({ name, ports: [{ port: props.servicePort ?? props.port, targetPort: props.port }] });
  }

  private addFrontend(): void {
    const probe = kplus.Probe.fromHttpGet('/_healthz', { port: 8080, initialDelaySeconds: Duration.seconds(10) });
    const service = this.addService('frontend', {
      port: 8080, servicePort: 80, cpu: [100, 200], memory: [64, 128], probe,
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
    });
    new kplus.Ingress(this, 'frontend-ingress', {
      metadata: { name: 'frontend' },
      rules: [{ host: 'shop.example.com', backend: kplus.IngressBackend.fromService(service) }],
    });
  }

  private addLoadGenerator(): void {
    const name = 'loadgenerator';
    new kplus.Deployment(this, name, {
      metadata: { name, labels: { app: name } },
      replicas: 1,
      securityContext: { user: 1000, group: 1000, fsGroup: 1000, ensureNonRoot: true },
      terminationGracePeriod: Duration.seconds(5),
      containers: [this.container('main', {
        image: this.image(name), cpu: [300, 500], memory: [256, 512], env: { FRONTEND_ADDR: 'frontend:80', USERS: '10', RATE: '1' },
      })],
    });
  }

  private image(name: string): string {
    return `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:${TAG}`;
  }

  private container(name: string, props: Omit<ServiceProps, 'port'> & { readonly image: string; readonly port?: number }): kplus.ContainerProps {
    const { cpu, memory, probe, env = {} } = props;
    const envVariables: Record<string, kplus.EnvValue> = {};
    for (const key of Object.keys(env)) envVariables[key] = kplus.EnvValue.fromValue(env[key]!);
    return {
      name,
      image: props.image,
      ...(props.port === undefined ? {} : { portNumber: props.port }),
      envVariables,
      resources: {
        cpu: { request: kplus.Cpu.millis(cpu[0]), limit: kplus.Cpu.millis(cpu[1]) },
        memory: { request: Size.mebibytes(memory[0]), limit: Size.mebibytes(memory[1]) },
      },
      ...(probe === undefined ? {} : { readiness: probe, liveness: probe }),
    };
  }
}

const app = new App();
new Boutique(app, 'boutique');
app.synth();
