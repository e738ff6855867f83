import type { MonitoredApplication } from '../application';
import { STATE_DIRECTORY } from './buffer';
import { plugin, section, type Directive } from './directive';
import { oneOf, rubyPattern } from './pattern';
import type { LogSettings } from './props';
import { replaceSection } from './redaction';
import { APPLICATION, AS_TEXT, MESSAGE, metadata, OWNER, SEVERITY } from './severity';
import { sinkLabel, sinkSection } from './sinks';

/** The port that the metrics are served on. */
export const METRICS_PORT = 24_231;
const LOGS = '/var/log/containers';
/** The tag of a line: this, and the path of its file with dots for slashes. */
const TAG = 'raw.kubernetes';
/** How long a line may wait for its next part. */
const PATIENCE = '5s';
/** More lines than any stack trace has, and bytes. */
const TRACE_LIMITS = { max_lines: 1000, max_bytes: 262_144 };

const relabel = (label: string): Directive => plugin('match', '**', 'relabel', { '@label': label });
const ruby = (code: string): string => `\${${code}}`;

/** The whole configuration. */
export function fluentdConfig(settings: LogSettings): readonly Directive[] {
  return [system(), ...ownLogs(), ...metrics(), tail(settings), joinParts(), pods(settings), traces(settings), events(settings), fanOut(settings), ...settings.sinks.map(sinkSection)];
}

function system(): Directive {
  return section('system', '', { log_level: 'info', suppress_repeated_stacktrace: true, ignore_repeated_log_interval: '60s', ignore_same_log_interval: '60s', emit_error_log_interval: '60s', suppress_config_dump: true }, [section('log', '', { format: 'json' })]);
}

/** Its own messages stay in its own output, which it doesn't read; lines that it can't handle would be printed there whole, secrets and all. */
function ownLogs(): Directive[] {
  return [
    section('label', '@FLUENT_LOG', {}, [plugin('match', '**', 'null')]),
    section('label', '@ERROR', {}, [
      plugin('filter', '**', 'prometheus', {}, [section('metric', '', { name: 'fluentd_dropped_records_total', type: 'counter', desc: 'Lines that could not be handled', initialized: true })]),
      plugin('match', '**', 'null'),
    ]),
  ];
}

function metrics(): Directive[] {
  return [
    plugin('source', '', 'prometheus', { '@id': 'metrics', bind: '0.0.0.0', port: METRICS_PORT, metrics_path: '/metrics' }),
    ...['prometheus_monitor', 'prometheus_output_monitor', 'prometheus_tail_monitor'].map((type) => plugin('source', '', type, { '@id': type.replace('prometheus_', 'metrics_') })),
  ];
}

/** The files of these namespaces, from where it left off; a file that is rotated is read to its end. */
function tail({ namespaces, drop, own }: LogSettings): Directive {
  const paths = namespaces === 'all' ? [`${LOGS}/*.log`] : namespaces.map((namespace) => `${LOGS}/*_${namespace}_*.log`);
  const excluded = [`${LOGS}/${own.name}-*_${own.namespace}_${own.name}-*.log`, ...drop.namespaces.map((namespace) => `${LOGS}/*_${namespace}_*.log`)];
  return plugin('source', '', 'tail', {
    '@id': 'containers', '@label': '@PARTS', path: paths.join(','), exclude_path: excluded, pos_file: `${STATE_DIRECTORY}/containers.pos`, pos_file_compaction_interval: '1h',
    tag: `${TAG}.*`, read_from_head: true, follow_inodes: true, refresh_interval: '15s', rotate_wait: '10s', skip_refresh_on_startup: false, max_line_size: '1m',
  }, [section('parse', '', { '@type': 'cri', keep_time_key: false })]);
}

/** The container runtime cuts long lines; the two streams of a container are put together apart. */
function joinParts(): Directive {
  const parts = { key: 'message', use_partial_cri_logtag: true, partial_cri_logtag_key: 'logtag', partial_cri_stream_key: 'logtag', stream_identity_key: 'stream', separator: '', use_first_timestamp: true, flush_interval: PATIENCE, timeout_label: '@PODS' };
  return section('label', '@PARTS', {}, [plugin('filter', '**', 'concat', parts), relabel('@PODS')]);
}

/** Whose line it is, what is not wanted, and lines that belong together because an application says so. */
function pods({ drop, starts }: LogSettings): Directive {
  const unwanted = [
    ...(drop.containers.length > 0 ? [exclude('$.kubernetes.container_name', oneOf(drop.containers))] : []),
    ...drop.patterns.map((pattern) => exclude('message', pattern)),
  ];
  return section('label', '@PODS', {}, [
    plugin('filter', '**', 'kubernetes_metadata', { '@id': 'metadata', watch: false, lookup_from_k8s_field: false, skip_namespace_metadata: true, skip_master_url: true, skip_container_metadata: true, cache_ttl: 3600 }),
    ...(unwanted.length > 0 ? [plugin('filter', '**', 'grep', {}, unwanted)] : []),
    ...starts.map(({ application, pattern }) => plugin('filter', `/${tagPattern(TAG, application)}/`, 'concat', { key: 'message', multiline_start_regexp: rubyPattern(pattern), separator: '\n', stream_identity_key: 'stream', use_first_timestamp: true, flush_interval: PATIENCE, timeout_label: '@TRACES' })),
    relabel('@TRACES'),
  ]);
}

const exclude = (key: string, pattern: RegExp): Directive => section('exclude', '', { key, pattern: rubyPattern(pattern) });

/** The tags of an application's lines. */
function tagPattern(prefix: string, { pods: names, namespace }: Pick<MonitoredApplication, 'pods' | 'namespace'>): string {
  return `${prefix.replace(/\./g, '\\.')}\\.var\\.log\\.containers\\.${names}_${namespace}_[^_]+\\.log`;
}

/** Lines of a stack trace as one. */
function traces({ exceptions }: LogSettings): Directive {
  const [first, rest] = [TAG.slice(0, TAG.indexOf('.')), TAG.slice(TAG.indexOf('.') + 1)];
  if (!exceptions) return section('label', '@TRACES', {}, [relabel('@EVENTS')]);
  const detect = plugin('match', `${first}.**`, 'detect_exceptions', { '@id': 'traces', remove_tag_prefix: first, message: 'message', stream: 'stream', multiline_flush_interval: PATIENCE, force_line_breaks: true, ...TRACE_LIMITS });
  return section('label', '@TRACES', {}, [detect, plugin('match', `${rest}.**`, 'relabel', { '@label': '@EVENTS' })]);
}

/** Secrets out of the whole line, before it is taken apart; then its fields, and the labels that every sink knows it by. */
function events({ redactions, json, environment, foreign, exceptions }: LogSettings): Directive {
  const prefix = exceptions ? TAG.slice(TAG.indexOf('.') + 1) : TAG;
  const tags = `${prefix}.**`;
  return section('label', '@EVENTS', {}, [
    plugin('filter', tags, 'record_modifier', { '@id': 'redaction' }, [section('record', '', { message: ruby(AS_TEXT) }), ...redactions.map(replaceSection)]),
    ...(json ? [jsonFields(tags)] : []),
    plugin('filter', tags, 'record_modifier', { '@id': 'labels', remove_keys: 'kubernetes,docker,logtag' }, [section('record', '', {
      severity: ruby(SEVERITY), message: ruby(MESSAGE),
      namespace: ruby(metadata('namespace_name')), pod: ruby(metadata('pod_name')), container: ruby(metadata('container_name')), node: ruby(metadata('host')),
      application: ruby(APPLICATION), owner: ruby(OWNER), environment,
    })]),
    ...foreign.map((application) => plugin('filter', `/${tagPattern(prefix, application)}/`, 'record_modifier', {}, [section('record', '', { application: application.name, owner: application.owner })])),
    // One tag from here on: a buffer for each file of each node would be thousands.
    plugin('match', 'logs', 'relabel', { '@label': '@SINKS' }),
    plugin('match', '**', 'rewrite_tag_filter', {}, [section('rule', '', { key: 'severity', pattern: '/./', tag: 'logs' })]),
  ]);
}

/** Fields of their own, where the line is JSON; its time is the runtime's, whatever the program calls `time`. */
function jsonFields(tags: string): Directive {
  return plugin('filter', tags, 'parser', { '@id': 'json', key_name: 'message', hash_value_field: 'fields', reserve_data: true, reserve_time: true, emit_invalid_record_to_error: false }, [
    section('parse', '', { '@type': 'json', time_key: 'fairlead.none', keep_time_key: true }),
  ]);
}

/** To every sink; one that refuses does not keep it from the others. */
function fanOut({ sinks }: LogSettings): Directive {
  const stores = sinks.map((sink) => plugin('store', sinks.length > 1 ? 'ignore_error' : '', 'relabel', { '@label': sinkLabel(sink) }));
  return section('label', '@SINKS', {}, [plugin('match', '**', 'copy', { copy_mode: 'no_copy' }, stores)]);
}
