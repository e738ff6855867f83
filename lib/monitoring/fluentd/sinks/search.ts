import type { FileSource } from '../../../config/files';
import type { Shapes } from '../../../core/forms';
import { sentenceList } from '../../../core/suggest';
import { section } from '../directive';
import { bothOrNone, contentOf, pathOf, present, reach, REACHED_SHAPES, readFile, readOptions, readSecret, readUrl, requireText, type CommonSinkProps, type Output, type ReachedProps, type SinkReader } from './sink';
import type { Mistakes } from '../../../core/problems';
import type { Value } from '../value';

interface SearchProps extends CommonSinkProps, ReachedProps {
  /** Addresses, without credentials: `['https://logs.example.com:9200']`. */
  readonly urls: readonly string[];
  /** Name of the user. @default none */
  readonly user?: string;
  /** Password, by `fileFromSecret`. @default none */
  readonly password?: FileSource;
  /** Certificate of its authority, by `fileFromConfig` or `fileFromSecret`. @default those that the image knows */
  readonly ca?: FileSource;
  /** What the names of the daily indexes begin with. @default 'logs' */
  readonly index?: string;
}

/** Lines to Elasticsearch, into one index a day. */
export interface ElasticsearchSinkProps extends SearchProps {
  /** The kind of sink. */
  readonly type: 'elasticsearch';
  /** Its version. @default 9 */
  readonly version?: 8 | 9;
  /** Key of the API in place of a password, by `fileFromSecret`. @default none */
  readonly apiKey?: FileSource;
}

/** Lines to OpenSearch, into one index a day. */
export interface OpensearchSinkProps extends SearchProps {
  /** The kind of sink. */
  readonly type: 'opensearch';
  /** Signs requests for AWS as the service account's identity: the domain's region. @default unsigned */
  readonly aws?: { readonly region: string };
}

const COMMON = { type: 'text', name: 'text', filter: 'any', buffer: 'any', urls: 'texts', user: 'text', password: 'any', ca: 'any', index: 'text', ...REACHED_SHAPES } as const;
/** Options of an Elasticsearch sink. */
export const ELASTICSEARCH_SHAPES: Shapes<ElasticsearchSinkProps> = { ...COMMON, version: 'any', apiKey: 'any' };
/** Options of an OpenSearch sink. */
export const OPENSEARCH_SHAPES: Shapes<OpensearchSinkProps> = { ...COMMON, aws: 'any' };

const INDEX = /^[a-z0-9][a-z0-9._-]*$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const VERSIONS: readonly unknown[] = [8, 9];

/** Reads an Elasticsearch sink. */
export const readElasticsearch: SinkReader<ElasticsearchSinkProps> = (problems, prop, props) => {
  const { version = 9 } = props;
  if (!VERSIONS.includes(version)) problems.add(`${prop}.version`, version, `${sentenceList(VERSIONS.map(String))} are allowed`);
  const apiKey = readSecret(problems, `${prop}.apiKey`, props.apiKey);
  if (apiKey && props.password !== undefined) problems.refuse(`${prop}.apiKey`, "it takes the place of 'password'; remove one of the two");
  const known = { default_elasticsearch_version: version, fail_on_detecting_es_version_retry_exceed: false, verify_es_version_at_startup: false };
  return readSearch(problems, prop, props, { plugin: 'elasticsearch', variant: version === 8 ? 'elasticsearch8' : 'elasticsearch9', parameters: { ...known, api_key: contentOf(apiKey) }, sources: present(apiKey) });
};

/** Reads an OpenSearch sink. */
export const readOpensearch: SinkReader<OpensearchSinkProps> = (problems, prop, props) => {
  const base = { plugin: 'opensearch', variant: 'opensearch', parameters: { fail_on_detecting_os_version_retry_exceed: false, verify_os_version_at_startup: false } } as const;
  if (props.aws === undefined) return readSearch(problems, prop, props, base);
  const { region } = readOptions<{ readonly region: string }>(problems, `${prop}.aws`, props.aws, { region: 'text' });
  requireText(problems, `${prop}.aws.region`, region, REGION, 'the name of a region is required, such as "eu-central-1"');
  if (props.user !== undefined || props.password !== undefined) problems.refuse(`${prop}.aws`, "requests are signed in place of 'user' and 'password'; remove one of the two");
  if ((props.urls ?? []).length > 1) problems.add(`${prop}.urls`, props.urls, "one address is allowed with 'aws', the domain's");
  return readSearch(problems, prop, props, { ...base, sections: [section('endpoint', '', { url: props.urls?.[0], region })], identity: true });
};

function readSearch(problems: Mistakes, prop: string, props: Partial<SearchProps>, base: Output & { readonly parameters: Readonly<Record<string, Value | undefined>> }): Output | undefined {
  const { urls = [], user, index = 'logs' } = props;
  if (urls.length === 0) problems.add(`${prop}.urls`, props.urls, 'at least one address is required, such as "https://logs.example.com:9200"');
  const addresses = urls.map((url, place) => readUrl(problems, `${prop}.urls[${place}]`, url));
  bothOrNone(problems, prop, ['user', 'password'], props);
  const password = readSecret(problems, `${prop}.password`, props.password);
  const ca = readFile(problems, `${prop}.ca`, props.ca);
  requireText(problems, `${prop}.index`, index, INDEX, 'lower-case letters, digits, "-", "_" and "." are allowed, a letter or digit first');
  const signed = base.identity === true;
  return {
    ...base,
    parameters: {
      hosts: signed ? undefined : present(...addresses).map(({ url }) => url.href.replace(/\/$/, '')).join(','),
      user, password: contentOf(password), ssl_verify: true, ca_file: pathOf(ca),
      ...base.parameters,
      logstash_format: true, logstash_prefix: index, suppress_type_name: true, request_timeout: '30s', reconnect_on_error: true, reload_on_failure: true, reload_connections: false,
    },
    sources: [...(base.sources ?? []), ...present(password, ca)],
    ...reach(props, present(...addresses).map(({ port }) => port)),
  };
}
