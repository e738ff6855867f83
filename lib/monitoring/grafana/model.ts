import type * as cloudwatch from '@grafana/grafana-foundation-sdk/cloudwatch';
import type * as common from '@grafana/grafana-foundation-sdk/common';
import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type * as logs from '@grafana/grafana-foundation-sdk/logs';
import type * as loki from '@grafana/grafana-foundation-sdk/loki';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

/**
 * A type of Grafana's SDK as the JSON that it stands for: enumerations as their texts and numbers, no methods.
 * So the SDK gives its types alone and is not loaded: its modules cost a synth more than half a second.
 */
export type Plain<T> = 0 extends 1 & T
  ? T
  : T extends string
    ? `${T}`
    : T extends number
      ? `${T}` extends `${infer Value extends number}` ? Value : T
      : T extends object
        ? T extends readonly (infer Item)[] ? readonly Plain<Item>[] : { readonly [Key in keyof T as T[Key] extends () => unknown ? never : Key]: Plain<T[Key]> }
        : T;

/** A dashboard, as Grafana reads it from a file. */
export type Dashboard = Omit<Plain<sdk.Dashboard>, 'panels' | 'uid' | 'title' | 'annotations'> & {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly (Panel | RowPanel)[];
  readonly annotations: { readonly list: readonly Annotation[] };
};

/** The heading of the panels below it. */
export type RowPanel = Plain<sdk.RowPanel>;

/** A query of a panel. */
export type Target = PrometheusTarget | LokiTarget | CloudWatchTarget;
/** A query of Prometheus. */
export type PrometheusTarget = Plain<prometheus.Dataquery> & { readonly refId: string };
/** A query of Loki. */
export type LokiTarget = Plain<loki.dataquery> & { readonly refId: string };
/** A query of the logs in CloudWatch. */
export type CloudWatchTarget = Plain<cloudwatch.LogsQuery> & { readonly refId: string };

/** A mark on every graph at the time of an event. */
export type Annotation = Omit<Plain<sdk.AnnotationQuery>, 'target'> & { readonly target?: PrometheusTarget };
/** A link in the head of a dashboard, or from a value. */
export type Link = Plain<sdk.DashboardLink>;
/** A link from a value, which takes fewer fields. */
export type DataLink = Pick<Link, 'title' | 'url'> & { readonly targetBlank?: boolean };
/** A source of data, by its uid. */
export type SourceReference = Plain<common.DataSourceRef>;
/** Where a value changes its colour. */
export type Threshold = Plain<sdk.Threshold>;
/** How a value is shown. */
export type Field = Omit<Plain<sdk.FieldConfig>, 'custom' | 'links'> & { readonly links?: readonly DataLink[] };

/** How the fields of a panel are shown. */
export interface FieldConfig<Custom> {
  /** All fields. */
  readonly defaults: Field & { readonly custom?: Plain<Custom> };
  /** Single ones. */
  readonly overrides: Plain<sdk.FieldConfigSource>['overrides'];
}

/** A panel of one type: its options, what its fields can do, and its queries. */
export type PanelOf<Type extends string, Options, Custom, Query extends Target = PrometheusTarget> = Omit<Plain<sdk.Panel>, 'type' | 'options' | 'fieldConfig' | 'targets'> & {
  readonly type: Type;
  readonly title: string;
  readonly options: Plain<Options>;
  readonly fieldConfig: FieldConfig<Custom>;
  readonly targets: readonly Query[];
};

/** Lines over time. */
export type TimeSeriesPanel = PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>;
/** One large value, or a few. */
export type StatPanel = PanelOf<'stat', stat.Options, Record<string, never>>;
/** Rows of values. */
export type TablePanel = PanelOf<'table', table.Options, Partial<table.FieldConfig>>;
/** Lines of logs. */
export type LogsPanel = PanelOf<'logs', logs.Options, Record<string, never>, LokiTarget | CloudWatchTarget>;
/** A panel. */
export type Panel = TimeSeriesPanel | StatPanel | TablePanel | LogsPanel;
