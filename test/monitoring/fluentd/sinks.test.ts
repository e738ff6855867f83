import { everySection, find, type Section } from './parse';
import { configOf, problemsOf, read, SECRET, secret, SINKS } from './samples';

const OWN = 'ghcr.io/acme/fluentd:1.19.3';
const sinkOf = (sink: object, props: object = {}): Section => everySection(configOf({ sinks: [sink], ...props })).filter(({ argument }) => argument.startsWith('@SINK_'))[0]!;
const outputOf = (sink: object, props: object = {}): Section => find(sinkOf(sink, props).children, 'match', '**');
const imageOf = (...sinks: object[]) => read({ sinks }).settings!.image;
const wrong = (sink: object, props: object = {}) => problemsOf({ image: OWN, sinks: [sink], ...props });

describe('every sink', () => {
  it.each(Object.entries(SINKS))('%s keeps what is not delivered on disk, within limits', (name, sink) => {
    const buffer = everySection(outputOf(sink, { image: OWN }).children).filter((section) => section.name === 'buffer');
    expect(buffer).toHaveLength(1);
    expect(buffer[0]!.parameters).toMatchObject({
      '@type': 'file', path: `/var/lib/fluentd/buffers/${name}`, total_limit_size: String(512 * 1024 ** 2), overflow_action: 'block', retry_forever: 'false', retry_timeout: '86400s', retry_max_interval: '60s', flush_thread_count: '2',
    });
  });

  it.each(Object.entries(SINKS))('%s shows no secret', (_, sink) => {
    const { settings } = read({ sinks: [sink], image: OWN });
    const values = everySection([outputOf(sink, { image: OWN })]).flatMap(({ parameters }) => Object.entries(parameters));
    for (const [key, value] of values) if (/password|secret|_key$|_key_id|sec_key/.test(key) && value !== '') expect([key, typeof value === 'object' || value.startsWith('/fluentd/')]).toEqual([key, true]);
    for (const source of settings!.sinks[0]!.sources ?? []) expect(['sinks', 'authorities']).toContain(source.name);
  });

  it('has a buffer of its own, and loses the oldest rather than hold up the others', () => {
    const config = configOf({ image: OWN, sinks: Object.values(SINKS) });
    const buffers = everySection(config).filter(({ name }) => name === 'buffer').map(({ parameters }) => parameters);
    expect(new Set(buffers.map(({ path }) => path)).size).toBe(Object.keys(SINKS).length);
    expect(new Set(buffers.map(({ overflow_action: action }) => action))).toEqual(new Set(['drop_oldest_chunk']));
    const copy = find(find(config, 'label', '@SINKS').children, 'match', '**');
    expect(copy.children.map(({ argument, parameters }) => [argument, parameters['@label']])).toEqual(Object.keys(SINKS).map((name) => ['ignore_error', `@SINK_${name.toUpperCase()}`]));
  });

  it('may get some lines only', () => {
    const filter = find(sinkOf({ type: 'stdout', filter: { namespaces: ['shop'], applications: ['web', 'a.b'], severity: 'error' } }).children, 'filter', '**');
    expect(filter.children.map(({ parameters }) => parameters)).toEqual([
      { key: 'namespace', pattern: '/^(?:shop)$/' }, { key: 'application', pattern: '/^(?:web|a\\.b)$/' }, { key: 'severity', pattern: '/^(?:error|critical)$/' },
    ]);
  });

  it('takes its buffer from the one for all, and its own before that', () => {
    const buffer = find(outputOf({ type: 'stdout', buffer: { threads: 4 } }, { buffer: { totalLimit: '1Gi', threads: 8, retryFor: '2h', overflow: 'drop-oldest' } }).children, 'buffer', 'tag').parameters;
    expect(buffer).toMatchObject({ total_limit_size: String(1024 ** 3), flush_thread_count: '4', retry_timeout: '7200s', overflow_action: 'drop_oldest_chunk' });
  });
});

describe('the plugin', () => {
  it('of Elasticsearch', () => {
    expect(outputOf(SINKS.elasticsearch).parameters).toMatchObject({ '@type': 'elasticsearch', hosts: 'https://es.example.com:9200', user: 'fluentd', password: SECRET, ca_file: '/fluentd/files/authorities/es.crt', ssl_verify: 'true', default_elasticsearch_version: '9', logstash_prefix: 'logs' });
  });

  it('of OpenSearch signs as the identity', () => {
    const output = outputOf({ type: 'opensearch', urls: ['https://os.example.com'], aws: { region: 'eu-central-1' } }, { identity: { awsRoleArn: 'arn:aws:iam::123456789012:role/logs' } });
    expect(find(output.children, 'endpoint').parameters).toEqual({ url: 'https://os.example.com', region: 'eu-central-1' });
    expect(output.parameters.hosts).toBeUndefined();
  });

  it('of S3 writes a file for each chunk, and reads nothing', () => {
    const output = outputOf(SINKS.s3);
    expect(output.parameters).toMatchObject({ '@type': 's3', s3_bucket: 'shop-logs', aws_sec_key: SECRET, path: 'logs/%Y/%m/%d/', check_object: 'false', auto_create_bucket: 'false', s3_object_key_format: '%{path}%{time_slice}_%{hex_random}.%{file_extension}' });
    expect(find(output.children, 'buffer', 'time').parameters).toMatchObject({ timekey: '600s', timekey_wait: '60s' });
  });

  it('of GCS reads its key from a file', () => expect(outputOf(SINKS.gcs).parameters).toMatchObject({ '@type': 'gcs', keyfile: '/fluentd/secrets/sinks/key.json', bucket: 'shop-logs', blind_write: 'true' }));
  it('of CloudWatch has a stream for each node', () => expect(outputOf(SINKS.cloudwatch).parameters).toMatchObject({ '@type': 'cloudwatch_logs', log_group_name: '/shop/production', log_stream_name: { ruby: "ENV['K8S_NODE_NAME']" }, retention_in_days: '30' }));
  it('of Kafka proves its password over TLS', () => expect(outputOf(SINKS.kafka).parameters).toMatchObject({ '@type': 'kafka2', brokers: 'kafka-0.example.com:9093,kafka-1.example.com:9093', scram_mechanism: 'sha512', password: SECRET, ssl_ca_certs_from_system: 'true', sasl_over_ssl: 'true' }));
  it('of Loki leaves its own defaults', () => expect(outputOf(SINKS.loki, { image: OWN }).parameters).toMatchObject({ '@type': 'loki', url: 'https://loki.example.com', line_format: 'json' }));

  it('of forward waits for an answer', () => {
    const output = outputOf(SINKS.forward);
    expect(output.parameters).toMatchObject({ '@type': 'forward', require_ack_response: 'true', transport: 'tls', tls_cert_path: '["/fluentd/secrets/authorities/ca.crt"]' });
    expect(find(output.children, 'server').parameters).toEqual({ host: 'logs.example.com', port: '24224' });
    expect(find(output.children, 'security').parameters).toMatchObject({ shared_key: SECRET });
  });
});

describe('the image', () => {
  it('follows from the sinks', () => {
    expect(imageOf(SINKS.elasticsearch, SINKS.stdout)).toBe('fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-elasticsearch9-1.1');
    expect(imageOf({ ...SINKS.elasticsearch, version: 8 })).toBe('fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-elasticsearch8-1.1');
    expect(imageOf(SINKS.kafka)).toBe('fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-kafka2-1.1');
    expect(imageOf(SINKS.forward)).toBe('fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-forward-1.1');
  });

  it('must be given where no one has all plugins', () => {
    const sinks = [SINKS.elasticsearch, SINKS.s3];
    expect(problemsOf({ sinks })).toEqual(["logs.image: no image of FluentD's project has the plugins of all sinks ('elasticsearch' needs elasticsearch9 and 's3' needs s3); give an image that has them, or forward to an aggregator that has"]);
    expect(problemsOf({ sinks, image: OWN })).toEqual([]);
  });

  it('must be given for Loki', () => {
    expect(problemsOf({ sinks: [SINKS.loki] })).toEqual(["logs.image: no image of FluentD's project has the plugin of the sink 'loki'; give an image that has it"]);
  });
});

describe('bad input', () => {
  const REFERENCE = "(not shown: it may be the secret itself); use fileFromSecret('name', 'key')";

  it.each([
    ['an unknown sink', { type: 'elasticserch' }, 'type: got "elasticserch"; elasticsearch, opensearch, s3, gcs, cloudwatch, kafka, loki, forward and stdout are allowed; did you mean "elasticsearch"?'],
    ['an unknown option, whose value is not shown', { ...SINKS.s3, regoin: 'hunter2' }, 'regoin: there is no such option; did you mean "region"?'],
    ['a password in the clear', { ...SINKS.elasticsearch, password: 'hunter2' }, `password: got something else than a reference to a Secret ${REFERENCE}`],
    ['a user without password', { type: 'elasticsearch', urls: ['https://a.example.com'], user: 'x' }, "password: it is required with 'user'"],
    ['two ways to show who it is', { ...SINKS.elasticsearch, apiKey: secret('password') }, "apiKey: it takes the place of 'password'; remove one of the two"],
    ['an unknown version', { ...SINKS.elasticsearch, version: 7 }, 'version: got 7; 8 and 9 are allowed'],
    ['no address', { type: 'opensearch', urls: [] }, 'urls: got []; at least one address is required, such as "https://logs.example.com:9200"'],
    ['an address of another kind', { type: 'opensearch', urls: ['ftp://a'] }, 'urls[0]: got "ftp://a"; an http or https address is allowed, such as "https://logs.example.com:9200"'],
    ['credentials in an address', { type: 'opensearch', urls: ['https://a:hunter2@b'] }, 'urls[0]: credentials in the address would stand in the clear (they are not shown); use the options for them, which take keys of Secrets'],
    ['an index of the wrong form', { ...SINKS.opensearch, index: 'Logs' }, 'index: got "Logs"; lower-case letters, digits, "-", "_" and "." are allowed, a letter or digit first'],
    ['signed and with a password', { ...SINKS.opensearch, aws: { region: 'eu-central-1' } }, "aws: requests are signed in place of 'user' and 'password'; remove one of the two"],
    ['no bucket', { type: 's3', region: 'eu-central-1', key: SINKS.s3.key }, 'bucket: got nothing; the name of a bucket is required: 3 to 63 lower-case letters, digits, "-", "_" and "."'],
    ['half a key', { ...SINKS.s3, key: { id: secret('id') } }, "key.secret: it is required; use fileFromSecret('name', 'key')"],
    ['a store of the cluster without its address', { ...SINKS.s3, to: 'minio' }, "endpoint: it is required with 'to': the address of that store"],
    ['a folder with a placeholder', { ...SINKS.gcs, prefix: '${tag}' }, 'prefix: got "${tag}"; letters, digits, "-", "_", "." and "/" are allowed, a letter or digit first'],
    ['an odd retention', { ...SINKS.cloudwatch, retentionDays: 8 }, 'retentionDays: got 8; 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 are allowed'],
    ['a broker without port', { ...SINKS.kafka, brokers: ['kafka'] }, 'brokers[0]: got "kafka"; a host with its port is allowed, such as "logs.example.com:24224"'],
    ['no topic', { type: 'kafka', brokers: ['a:1'] }, 'topic: got nothing; the name of a topic is required: letters, digits, "-", "_" and "."'],
    ['a plain password without TLS', { ...SINKS.kafka, tls: false, login: { ...SINKS.kafka.login, mechanism: 'plain' } }, "login.mechanism: 'plain' sends the password as it is, which without 'tls' anyone on the way can read; encrypt the connection, or use 'sha512'"],
    ['a certificate without its key', { ...SINKS.kafka, certificate: secret('tls.crt') }, "certificateKey: it is required with 'certificate'"],
    ['a login in the clear', { ...SINKS.kafka, login: { user: 'x', password: 'hunter2' } }, `login.password: got something else than a reference to a Secret ${REFERENCE}`],
    ['a store and an address', { ...SINKS.loki, store: {} }, "sinks[0]: exactly one of 'store' (a LogStore) and 'url' is required"],
    ['a store that is none', { type: 'loki', store: 'x' }, 'store: got "x"; a LogStore is allowed'],
    ['a tenant of the wrong form', { ...SINKS.loki, tenant: 'a b' }, "tenant: got \"a b\"; letters, digits and !-_.*'() are allowed, 150 at most"],
    ['no server', { type: 'forward' }, 'servers: got nothing; at least one address is required, such as "logs.example.com:24224"'],
    ['an authority without TLS', { type: 'forward', servers: ['a:1'], ca: secret('ca') }, "ca: it is of no use without 'tls: true'"],
    ['an unknown severity', { type: 'stdout', filter: { severity: 'warn' } }, 'filter.severity: got "warn"; debug, info, warning, error and critical are allowed'],
    ['a filter that lets nothing pass', { type: 'stdout', filter: { namespaces: [] } }, 'filter.namespaces: got []; an empty list would let nothing pass; leave it out for all'],
    ['a chunk larger than half the buffer', { type: 'stdout', buffer: { totalLimit: '8Mi' } }, 'buffer.chunkLimit: got "8Mi"; at most half of the totalLimit (8Mi) is allowed, or the buffer is full before its first delivery; lower it or raise that'],
    ['an overflow of another kind', { type: 'stdout', buffer: { overflow: 'drop' } }, "buffer.overflow: got \"drop\"; 'block' and 'drop-oldest' are allowed"],
    ['no thread', { type: 'stdout', buffer: { threads: 0 } }, 'buffer.threads: got 0; a whole number from 1 to 16 is allowed'],
    ['a size of another form', { type: 'stdout', buffer: { totalLimit: '1 GB', chunkLimit: '1' } }, 'buffer.totalLimit: got "1 GB"; a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed'],
    ['a time of another form', { type: 'stdout', buffer: { retryFor: 'forever' } }, 'buffer.retryFor: got "forever"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed, of at least 1 s'],
    ['a name of the wrong form', { type: 'stdout', name: 'A_B' }, 'name: got "A_B"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
  ])('%s', (_, sink, message) => {
    const found = wrong(sink);
    expect(found.join('\n')).not.toContain('hunter2');
    expect(found).toContain(message.startsWith('sinks[0]') ? `logs.${message}` : `logs.sinks[0].${message}`);
  });

  it('an identity that is missing', () => {
    expect(problemsOf({ sinks: [{ type: 's3', bucket: 'shop-logs', region: 'eu-central-1' }] })).toEqual(["logs.identity: the sink 's3' shows who it is by the cloud identity of the service account; give 'identity', or a key to the sink"]);
  });

  it('two sinks of one name', () => {
    expect(problemsOf({ sinks: [SINKS.stdout, SINKS.stdout] })).toEqual(["logs.sinks[1].name: got \"stdout\"; another sink has this name, and so its buffer; give each its own 'name'"]);
  });
});
