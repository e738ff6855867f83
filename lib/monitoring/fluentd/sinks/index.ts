import { readObject, type Shapes } from '../../../core/forms';
import { isPlainObject } from '../../../core/json';
import type { Mistakes } from '../../../core/problems';
import { asList } from '../../../core/shape';
import { didYouMean, sentenceList } from '../../../core/suggest';
import { bufferSection, readBuffer, type Buffer, type BufferProps } from '../buffer';
import { plugin, section, type Directive } from '../directive';
import { oneOf, rubyPattern } from '../pattern';
import { GCS_SHAPES, readGcs, readS3, S3_SHAPES, type GcsSinkProps, type S3SinkProps } from './buckets';
import { CLOUDWATCH_SHAPES, readCloudWatch, type CloudWatchSinkProps } from './cloudwatch';
import { FORWARD_SHAPES, readForward, readStdout, STDOUT_SHAPES, type ForwardSinkProps, type StdoutSinkProps } from './forward';
import { KAFKA_SHAPES, readKafka, type KafkaSinkProps } from './kafka';
import { LOKI_SHAPES, readLoki, type LokiSinkProps } from './loki';
import { ELASTICSEARCH_SHAPES, OPENSEARCH_SHAPES, readElasticsearch, readOpensearch, type ElasticsearchSinkProps, type OpensearchSinkProps } from './search';
import { checkSinkName, readOptions, type CommonSinkProps, type Output, type LogSeverity, type SinkFilter, type SinkReader } from './sink';

/** Where logs go. */
export type SinkProps =
  | ElasticsearchSinkProps | OpensearchSinkProps | S3SinkProps | GcsSinkProps | CloudWatchSinkProps | KafkaSinkProps | LokiSinkProps | ForwardSinkProps | StdoutSinkProps;

/** A kind of sink. */
export type SinkType = SinkProps['type'];

/** A sink as read. */
export interface Sink extends Output {
  readonly name: string;
  readonly filter: SinkFilter;
  readonly store: Buffer;
}

interface Kind {
  readonly shapes: Shapes<CommonSinkProps>;
  readonly read: SinkReader<CommonSinkProps>;
}

const kind = <P extends CommonSinkProps>(shapes: Shapes<P>, read: SinkReader<P>): Kind => ({ shapes: shapes as Shapes<CommonSinkProps>, read: read as SinkReader<CommonSinkProps> });

const KINDS: Readonly<Record<SinkType, Kind>> = {
  elasticsearch: kind(ELASTICSEARCH_SHAPES, readElasticsearch),
  opensearch: kind(OPENSEARCH_SHAPES, readOpensearch),
  s3: kind(S3_SHAPES, readS3),
  gcs: kind(GCS_SHAPES, readGcs),
  cloudwatch: kind(CLOUDWATCH_SHAPES, readCloudWatch),
  kafka: kind(KAFKA_SHAPES, readKafka),
  loki: kind(LOKI_SHAPES, readLoki),
  forward: kind(FORWARD_SHAPES, readForward),
  stdout: kind(STDOUT_SHAPES, readStdout),
};
const TYPES = Object.keys(KINDS);

/** Severities, least first. */
export const SEVERITIES: readonly LogSeverity[] = ['debug', 'info', 'warning', 'error', 'critical'];
const FILTER_SHAPES: Shapes<SinkFilter> = { namespaces: 'texts', applications: 'texts', severity: 'text' };

/** Reads the `sinks` prop. */
export function readSinks(problems: Mistakes, prop: string, given: readonly SinkProps[] | undefined, common: BufferProps): Sink[] {
  const list = asList(problems, prop, given);
  if (list.length === 0) problems.add(prop, given, 'at least one sink is required: logs that go nowhere need no collector');
  const names = new Set<string>();
  return list.flatMap((one, index) => {
    const path = `${prop}[${index}]`;
    const sink = readSink(problems, path, one, common, list.length > 1);
    if (sink && names.has(sink.name)) problems.add(`${path}.name`, sink.name, "another sink has this name, and so its buffer; give each its own 'name'");
    if (sink) names.add(sink.name);
    return sink ? [sink] : [];
  });
}

function readSink(problems: Mistakes, prop: string, given: SinkProps, common: BufferProps, several: boolean): Sink | undefined {
  const { type } = (isPlainObject(given) ? given : {}) as { readonly type?: SinkType };
  if (type === undefined || !Object.hasOwn(KINDS, type)) {
    const suggestion = typeof type === 'string' ? didYouMean(type, TYPES) : '';
    problems.add(`${prop}.type`, type, `${sentenceList(TYPES)} are allowed${suggestion}`);
    return undefined;
  }
  const { shapes, read } = KINDS[type];
  const options = readOptions<CommonSinkProps>(problems, prop, given, shapes);
  const name = options.name ?? type;
  problems.check(`${prop}.name`, name, checkSinkName);
  const output = read(problems, prop, options);
  const store = readBuffer(problems, `${prop}.buffer`, options.buffer, common, { overflow: several ? 'drop-oldest' : 'block', files: output?.files ?? false });
  return output && { ...output, name, filter: readFilter(problems, `${prop}.filter`, options.filter), store };
}

function readFilter(problems: Mistakes, prop: string, given: SinkFilter | undefined): SinkFilter {
  const filter = readObject<SinkFilter>(problems, prop, given, FILTER_SHAPES);
  for (const key of ['namespaces', 'applications'] as const) if (filter[key]?.length === 0) problems.add(`${prop}.${key}`, [], 'an empty list would let nothing pass; leave it out for all');
  const { severity } = filter;
  if (severity !== undefined && !SEVERITIES.includes(severity)) problems.add(`${prop}.severity`, severity, `${sentenceList(SEVERITIES)} are allowed${didYouMean(severity, SEVERITIES)}`);
  return filter;
}

/** The label that a sink's lines come to. */
export const sinkLabel = ({ name }: Pick<Sink, 'name'>): string => `@SINK_${name.toUpperCase().replace(/-/g, '_')}`;

/** What a sink gets, and where it goes. */
export function sinkSection(sink: Sink): Directive {
  const { name, filter, parameters, sections = [], files = false } = sink;
  const { namespaces, applications, severity } = filter;
  const passing = [
    ...(namespaces ? [keep('namespace', namespaces)] : []),
    ...(applications ? [keep('application', applications)] : []),
    ...(severity ? [keep('severity', SEVERITIES.slice(SEVERITIES.indexOf(severity)))] : []),
  ];
  const output = plugin('match', '**', sink.plugin, { '@id': name, ...parameters, ...(files ? {} : { slow_flush_log_threshold: 40 }) }, [...sections, bufferSection({ name, by: files ? 'time' : 'tag' }, sink.store)]);
  return section('label', sinkLabel(sink), {}, [...(passing.length > 0 ? [plugin('filter', '**', 'grep', {}, passing)] : []), output]);
}

const keep = (key: string, texts: readonly string[]): Directive => section('regexp', '', { key, pattern: rubyPattern(oneOf(texts)) });
