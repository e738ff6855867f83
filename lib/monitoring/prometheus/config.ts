/** A step of relabeling, as Prometheus has it. */
export interface RelabelConfig {
  /** The labels whose values are joined by `;`. @default none */
  readonly source_labels?: readonly string[];
  /** A regular expression that the joined values must match whole. @default everything */
  readonly regex?: string;
  /** The label that is written. @default none */
  readonly target_label?: string;
  /** What is written. @default what the first group matched */
  readonly replacement?: string;
  /** What is done. @default 'replace' */
  readonly action?: 'replace' | 'keep' | 'drop' | 'labeldrop' | 'labelkeep' | 'labelmap';
}

/** How targets are found through the API server. */
export interface KubernetesSd {
  /** What each target is. */
  readonly role: 'pod' | 'node' | 'endpointslice';
  /** Where they are looked for; nodes stand in no namespace. @default everywhere */
  readonly namespaces?: { readonly names: readonly string[] };
}

/** Targets that are written down, with their labels. */
export interface StaticTargets {
  /** The targets. */
  readonly targets: readonly string[];
  /** Their labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The form that an answer is read in when it does not say. */
export type ScrapeProtocol = 'PrometheusText0.0.4' | 'PrometheusText1.0.0' | 'OpenMetricsText1.0.0';

/** TLS towards targets. */
export interface TlsConfig {
  /** File with the certificate authority. @default those of the system */
  readonly ca_file?: string;
  /** Whether certificates are taken as they come. @default false */
  readonly insecure_skip_verify?: boolean;
  /** The name that the certificate must have. @default the host's */
  readonly server_name?: string;
}

/** A job, as Prometheus has it. */
export interface ScrapeConfig {
  /** Name of the job. */
  readonly job_name: string;
  /** How often. @default as the whole */
  readonly scrape_interval?: string;
  /** How long an answer may take. @default as the whole */
  readonly scrape_timeout?: string;
  /** Whether labels of the series win over those of the target. @default false */
  readonly honor_labels?: boolean;
  /** Path. @default '/metrics' */
  readonly metrics_path?: string;
  /** Scheme. @default 'http' */
  readonly scheme?: 'http' | 'https';
  /** Parameters of the address. @default none */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** The token that is shown. @default none */
  readonly authorization?: { readonly type?: string; readonly credentials_file: string };
  /** TLS. @default as usual */
  readonly tls_config?: TlsConfig;
  /** The form of an answer that names none. @default none: the scrape fails */
  readonly fallback_scrape_protocol?: ScrapeProtocol;
  /** Most series that a target may have; above, the scrape fails. @default any number */
  readonly sample_limit?: number;
  /** Targets found. @default none */
  readonly kubernetes_sd_configs?: readonly KubernetesSd[];
  /** Targets written down. @default none */
  readonly static_configs?: readonly StaticTargets[];
  /** What is done with the labels of targets. @default nothing */
  readonly relabel_configs?: readonly RelabelConfig[];
  /** What is done with those of series. @default nothing */
  readonly metric_relabel_configs?: readonly RelabelConfig[];
}

/** Alertmanagers, as Prometheus has them. */
export type AlertmanagerConfig = Pick<ScrapeConfig, 'scheme' | 'kubernetes_sd_configs' | 'static_configs' | 'relabel_configs'>;

/** A receiver of remote writes, as Prometheus has it. */
export interface RemoteWriteConfig {
  /** Address. */
  readonly url: string;
  /** Name in its metrics. */
  readonly name: string;
  /** The rest, as read from the props. */
  readonly [key: string]: unknown;
}

/** The whole configuration, as Prometheus has it. */
export interface PrometheusConfig {
  /** What holds for all jobs. */
  readonly global: {
    readonly scrape_interval: string;
    readonly scrape_timeout: string;
    readonly evaluation_interval: string;
    readonly external_labels: Readonly<Record<string, string>>;
  };
  /** What is kept. */
  readonly storage: { readonly tsdb: { readonly retention: { readonly time: string; readonly size: string } } };
  /** Files of rules. @default none */
  readonly rule_files?: readonly string[];
  /** Where alerts go. @default nowhere */
  readonly alerting?: { readonly alert_relabel_configs: readonly RelabelConfig[]; readonly alertmanagers: readonly AlertmanagerConfig[] };
  /** The jobs. */
  readonly scrape_configs: readonly ScrapeConfig[];
  /** Where samples are sent besides. @default nowhere */
  readonly remote_write?: readonly RemoteWriteConfig[];
}
