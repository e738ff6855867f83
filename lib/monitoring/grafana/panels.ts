import type { CloudWatchTarget, DataLink, Field, LogsPanel, LokiTarget, Panel, PrometheusTarget, StatPanel, TablePanel, Threshold, TimeSeriesPanel } from './model';
import { CLOUDWATCH, LOKI, PROMETHEUS } from './sources';

/** A query and the name of what it gives. */
export interface Query {
  /** PromQL. */
  readonly expr: string;
  /** Name of its series; `{{label}}` stands for a label's value. */
  readonly legend: string;
  /** Whether it is a bound, drawn dashed and without filling: a request, a limit, what is desired. @default false */
  readonly bound?: boolean;
}

/** What every panel says. */
export interface PanelProps {
  /** Its heading. */
  readonly title: string;
  /** What it shows and how to read it. */
  readonly description: string;
  /** Its queries. */
  readonly queries: readonly Query[];
  /** Grafana's id of the unit: `reqps`, `s`, `bytes`, `percentunit`. @default a bare number */
  readonly unit?: string;
  /** Digits behind the point. @default as fits the value */
  readonly decimals?: number;
  /** Where values turn orange and red, rising or, with `falls`, falling. @default never */
  readonly limits?: Limits;
  /** The end of the scale. @default as fits the values */
  readonly max?: number;
}

/** Where values turn orange and red. */
export interface Limits {
  /** From here on orange. */
  readonly warn?: number;
  /** From here on red. */
  readonly bad: number;
  /** Whether low values are the bad ones. @default false */
  readonly falls?: boolean;
}

const GOOD = 'green';
const WARN = 'orange';
const BAD = 'red';
/** Lines of a bound. */
const DASHES = [8, 6];

const target = ({ expr, legend }: Query, index: number, instant: boolean): PrometheusTarget => ({
  datasource: PROMETHEUS,
  refId: String.fromCharCode(65 + index),
  expr,
  legendFormat: legend,
  editorMode: 'code',
  ...(instant ? { instant: true, range: false } : { instant: false, range: true }),
});

function steps(limits: Limits | undefined): readonly Threshold[] {
  if (!limits) return [{ color: GOOD, value: null }];
  const { warn, bad, falls = false } = limits;
  const middle = warn === undefined ? [] : [{ color: WARN, value: falls ? bad : warn }];
  if (falls) return [{ color: BAD, value: null }, ...middle, { color: GOOD, value: warn ?? bad }];
  return [{ color: GOOD, value: null }, ...middle, { color: BAD, value: bad }];
}

const field = ({ unit, decimals, limits, max }: PanelProps): Field => ({
  ...(unit === undefined ? {} : { unit }),
  ...(decimals === undefined ? {} : { decimals }),
  ...(max === undefined ? {} : { max }),
  thresholds: { mode: 'absolute', steps: steps(limits) },
});

/** Lines over time. */
export function timeSeries(props: PanelProps & { readonly stacked?: boolean; readonly colors?: Readonly<Record<string, string>> }): TimeSeriesPanel {
  const { title, description, queries, stacked = false, limits, colors = {} } = props;
  const bounds = queries.flatMap(({ bound }, index) => (bound ? [{ matcher: { id: 'byFrameRefID', options: String.fromCharCode(65 + index) }, properties: BOUND }] : []));
  const colored = Object.entries(colors).map(([pattern, color]) => ({ matcher: { id: 'byRegexp', options: pattern }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }] }));
  return {
    type: 'timeseries',
    title,
    description,
    datasource: PROMETHEUS,
    targets: queries.map((query, index) => target(query, index, false)),
    options: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] }, tooltip: { mode: 'multi', sort: 'desc' } },
    fieldConfig: {
      defaults: {
        ...field(props),
        min: 0,
        color: { mode: 'palette-classic' },
        custom: {
          drawStyle: 'line', lineWidth: 1, lineInterpolation: 'linear', fillOpacity: stacked ? 30 : 10, showPoints: 'never', spanNulls: false,
          stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
          ...(limits ? { thresholdsStyle: { mode: 'dashed' } } : {}),
        },
      },
      overrides: [...bounds, ...colored],
    },
  };
}

const BOUND = [
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: DASHES } },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
];

/** What a stat panel says besides. */
export interface StatProps extends PanelProps {
  /** Whether the course over time stands behind the value. @default true */
  readonly graph?: boolean;
  /** What stands there where no series is found. @default '–' */
  readonly none?: string;
  /** What stands in place of a value. @default the value */
  readonly texts?: Readonly<Record<string, string>>;
  /** Where a click leads. @default nowhere */
  readonly link?: DataLink;
}

/** One large value, or a few. */
export function stat(props: StatProps): StatPanel {
  const { title, description, queries, graph = true, none = '–', texts, link } = props;
  const mappings = texts && [{ type: 'value' as const, options: Object.fromEntries(Object.entries(texts).map(([value, text], index) => [value, { text, index }])) }];
  return {
    type: 'stat',
    title,
    description,
    datasource: PROMETHEUS,
    targets: queries.map((query, index) => target(query, index, !graph)),
    options: {
      graphMode: graph ? 'area' : 'none', colorMode: 'value', justifyMode: 'auto', textMode: queries.length > 1 ? 'value_and_name' : 'value', wideLayout: true,
      showPercentChange: false, percentChangeColorMode: 'standard', orientation: 'auto', reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
    fieldConfig: { defaults: { ...field(props), color: { mode: 'thresholds' }, noValue: none, ...(mappings ? { mappings } : {}), ...(link ? { links: [link] } : {}) }, overrides: [] },
  };
}

/** A column of a table. */
export interface Column extends Query {
  /** Unit of its values. @default a bare number */
  readonly unit?: string;
  /** Digits behind the point. @default as fits */
  readonly decimals?: number;
  /** Where its cells turn orange and red. @default never */
  readonly limits?: Limits;
}

/** What a table says. */
export interface TableProps {
  /** Its heading. */
  readonly title: string;
  /** What it shows. */
  readonly description: string;
  /** Its columns, named after their legends; each query gives one value a row. */
  readonly columns: readonly Column[];
  /** The label that rows are joined by, and the name of its column. */
  readonly key: { readonly label: string; readonly name: string };
  /** Further labels that become columns, with their names. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels that are left out; links may use them. @default none */
  readonly hidden?: readonly string[];
  /** Where a click on the first column leads. @default nowhere */
  readonly link?: DataLink;
}

/** Rows of values, one for each value of a label. */
export function table({ title, description, columns, key, labels = {}, hidden = [], link }: TableProps): TablePanel {
  const values = columns.map((_, index) => (columns.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + index)}`));
  const shown = { [key.label]: key.name, ...labels, ...Object.fromEntries(values.map((value, index) => [value, columns[index]!.legend])) };
  return {
    type: 'table',
    title,
    description,
    datasource: PROMETHEUS,
    targets: columns.map((column, index) => ({ ...target(column, index, true), format: 'table' as const })),
    transformations: [
      ...(columns.length === 1 ? [] : [{ id: 'joinByField', options: { byField: key.label, mode: 'outer' } }]),
      { id: 'organize', options: { excludeByName: { Time: true, ...TIMES }, indexByName: Object.fromEntries(Object.keys(shown).map((name, index) => [name, index])), renameByName: shown } },
    ],
    options: { frameIndex: 0, showHeader: true, cellHeight: 'sm', sortBy: [{ displayName: key.name, desc: false }] },
    fieldConfig: {
      defaults: { custom: { align: 'auto', inspect: false, filterable: true }, noValue: '–', thresholds: { mode: 'absolute', steps: steps(undefined) } },
      overrides: [
        ...(link ? [{ matcher: { id: 'byName', options: key.name }, properties: [{ id: 'links', value: [link] }] }] : []),
        ...hidden.map((name) => ({ matcher: { id: 'byName', options: name }, properties: [{ id: 'custom.hidden', value: true }] })),
        ...columns.map(columnStyle),
      ],
    },
  };
}

/** Each joined query brings a column of times along. */
const TIMES = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`Time ${index + 1}`, true]));

function columnStyle({ legend, unit, decimals, limits }: Column) {
  const properties = [
    ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(limits ? [{ id: 'thresholds', value: { mode: 'absolute', steps: steps(limits) } }, { id: 'custom.cellOptions', value: { type: 'color-text' } }] : []),
  ];
  return { matcher: { id: 'byName', options: legend }, properties };
}

/** Lines of logs, the newest first. */
export function logs(title: string, description: string, query: LokiTarget | CloudWatchTarget): LogsPanel {
  return {
    type: 'logs',
    title,
    description,
    ...(query.datasource ? { datasource: query.datasource } : {}),
    targets: [query],
    options: {
      showLabels: false, showCommonLabels: false, showTime: true, showLogContextToggle: true, wrapLogMessage: true, prettifyLogMessage: false,
      enableLogDetails: true, sortOrder: 'Descending', dedupStrategy: 'none',
    },
    fieldConfig: { defaults: {}, overrides: [] },
  };
}

/** A query of the store in the cluster. */
export const lokiQuery = (expr: string): LokiTarget => ({ datasource: LOKI, refId: 'A', expr, queryType: 'range', editorMode: 'code' });

/** A query of a log group in CloudWatch. */
export const cloudWatchQuery = (region: string, group: string, expression: string): CloudWatchTarget => ({
  datasource: CLOUDWATCH, refId: 'A', id: 'logs', queryMode: 'Logs', queryLanguage: 'CWLI', region, logGroupNames: [group], expression, statsGroups: [],
});

/** The queries of a panel that go to Prometheus. */
export const promqlOf = (panel: Panel): readonly PrometheusTarget[] =>
  panel.targets.filter((candidate): candidate is PrometheusTarget => candidate.datasource?.type === PROMETHEUS.type);
