/** The Go modules whose trees hold the schemas, and the custom resources that are taken from each. */

/** The latest patch of each supported Kubernetes minor; `lib/schema/versions.ts` lists the same minors. */
export const KUBERNETES_MODULE = 'k8s.io/kubernetes';
export const KUBERNETES_PATCHES = [
  'v1.30.14',
  'v1.31.14',
  'v1.32.13',
  'v1.33.13',
  'v1.34.4',
  'v1.35.4',
  'v1.36.3',
] as const;

/** One project that ships CustomResourceDefinitions. */
export interface CrdSource {
  /** Name of the data chunk. */
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** Folder of the YAML files inside the module. */
  readonly folder: string;
  /** The kinds taken; the ones that only the project's own controllers write are left out. */
  readonly kinds: readonly string[];
}

export const CRD_SOURCES: readonly CrdSource[] = [
  {
    name: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    folder: 'deploy/crds',
    kinds: ['Certificate', 'ClusterIssuer', 'Issuer'],
  },
  {
    name: 'external-secrets',
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    folder: 'config/crds/bases',
    kinds: ['ClusterExternalSecret', 'ClusterSecretStore', 'ExternalSecret', 'PushSecret', 'SecretStore'],
  },
  {
    name: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.7.0',
    folder: 'config/crd/standard',
    kinds: [
      'BackendTLSPolicy',
      'GRPCRoute',
      'Gateway',
      'GatewayClass',
      'HTTPRoute',
      'ListenerSet',
      'ReferenceGrant',
      'TCPRoute',
      'TLSRoute',
      'UDPRoute',
    ],
  },
  {
    name: 'google-managed-prometheus',
    module: 'github.com/GoogleCloudPlatform/prometheus-engine',
    version: 'v0.17.2',
    folder: 'manifests',
    kinds: ['ClusterPodMonitoring', 'ClusterRules', 'OperatorConfig', 'PodMonitoring', 'Rules'],
  },
  {
    name: 'keda',
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    folder: 'config/crd/bases',
    kinds: ['ClusterTriggerAuthentication', 'ScaledJob', 'ScaledObject', 'TriggerAuthentication'],
  },
  {
    name: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.92.0',
    folder: 'example/prometheus-operator-crd',
    kinds: ['Alertmanager', 'AlertmanagerConfig', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor'],
  },
  {
    name: 'sealed-secrets',
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.31.0',
    folder: 'helm/sealed-secrets/crds',
    kinds: ['SealedSecret'],
  },
  {
    name: 'vertical-pod-autoscaler',
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler',
    version: 'v1.8.1',
    folder: 'deploy',
    kinds: ['VerticalPodAutoscaler'],
  },
];
