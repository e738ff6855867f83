import { everySection, find, typesIn } from './parse';
import { configOf, problemsOf, SINKS, textOf } from './samples';

const everything = { sinks: Object.values(SINKS), image: 'ghcr.io/acme/fluentd:1.19.3', multiline: { starts: { web: /\d{4}-/ } }, drop: { containers: ['istio-proxy'] } };
const label = (sections: ReturnType<typeof configOf>, name: string) => find(sections, 'label', name);

describe('the configuration', () => {
  const config = configOf(everything);

  it('is closed in every section, and the same each time', () => {
    const text = textOf(everything);
    expect(text.match(/^\s*<[a-z]/gm)).toHaveLength(text.match(/^\s*<\//gm)!.length);
    expect(textOf(everything)).toBe(text);
  });

  it('has each label that it leads to', () => {
    const made = config.filter(({ name }) => name === 'label').map(({ argument }) => argument);
    const used = everySection(config).flatMap(({ parameters }) => [parameters['@label'], parameters.timeout_label].filter((name) => name !== undefined));
    expect(new Set(made).size).toBe(made.length);
    for (const name of used) expect(made).toContain(name);
  });

  it('gives ids once', () => {
    const ids = everySection(config).flatMap(({ parameters }) => parameters['@id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ends every label in an output', () => {
    for (const section of config.filter(({ name }) => name === 'label')) expect(section.children.at(-1)).toMatchObject({ name: 'match', argument: expect.stringContaining('**') as string });
  });

  it('puts the filters in their order', () => {
    const path = ['@PARTS', '@PODS', '@TRACES', '@EVENTS', '@SINKS'].flatMap((name) => typesIn(label(config, name)));
    expect(path).toEqual([
      'concat', 'relabel',
      'kubernetes_metadata', 'grep', 'concat', 'relabel',
      'detect_exceptions', 'relabel',
      'record_modifier', 'parser', 'record_modifier', 'record_modifier', 'relabel', 'rewrite_tag_filter',
      'copy',
    ]);
    expect(label(config, '@EVENTS').children.map(({ parameters }) => parameters['@id'])).toEqual(['redaction', 'json', 'labels', undefined, undefined, undefined]);
  });

  it('reads lines of the container runtime, to the end of a file that is rotated', () => {
    const tail = everySection(config).find(({ parameters }) => parameters['@type'] === 'tail')!;
    expect(tail.parameters).toMatchObject({
      path: '/var/log/containers/*_monitoring_*.log,/var/log/containers/*_shop_*.log', pos_file: '/var/lib/fluentd/containers.pos', follow_inodes: 'true', read_from_head: 'true', '@label': '@PARTS',
    });
    expect(find(tail.children, 'parse').parameters['@type']).toBe('cri');
  });

  it('puts the parts of a line together, by stream, and keeps the stream', () => {
    expect(label(config, '@PARTS').children[0]!.parameters).toMatchObject({ key: 'message', use_partial_cri_logtag: 'true', partial_cri_logtag_key: 'logtag', partial_cri_stream_key: 'logtag', stream_identity_key: 'stream', separator: '' });
  });

  it('does not read what it writes', () => {
    const tail = everySection(config).find(({ parameters }) => parameters['@type'] === 'tail')!;
    expect(JSON.parse(tail.parameters.exclude_path as string)).toEqual(['/var/log/containers/fluentd-*_monitoring-nodes_fluentd-*.log']);
    expect(typesIn(label(config, '@FLUENT_LOG'))).toEqual(['null']);
    expect(typesIn(label(config, '@ERROR'))).toEqual(['prometheus', 'null']);
  });

  it('serves metrics on 24231', () => {
    const sources = config.filter(({ name }) => name === 'source').map(({ parameters }) => parameters);
    expect(sources.find((source) => source['@type'] === 'prometheus')).toMatchObject({ port: '24231', metrics_path: '/metrics', bind: '0.0.0.0' });
    expect(sources.map((source) => source['@type'])).toEqual(expect.arrayContaining(['prometheus_monitor', 'prometheus_output_monitor', 'prometheus_tail_monitor']));
  });

  it('labels each line with application, owner and environment, and drops the rest of the metadata', () => {
    const labels = label(config, '@EVENTS').children.find(({ parameters }) => parameters['@id'] === 'labels')!;
    expect(labels.parameters.remove_keys).toBe('kubernetes,docker,logtag');
    const record = find(labels.children, 'record').parameters;
    expect(record.environment).toBe('staging');
    expect(Object.keys(record)).toEqual(['severity', 'message', 'namespace', 'pod', 'container', 'node', 'application', 'owner', 'environment']);
    // The plugin takes an expression only where it is all there is.
    for (const [key, value] of Object.entries(record)) if (key !== 'environment') expect(value).toMatch(/^\$\{(?:(?!\$\{)[\s\S])*\}$/);
  });

  it('knows foreign workloads by the names of their pods', () => {
    const foreign = label(config, '@EVENTS').children.find(({ argument }) => argument.includes('old'))!;
    expect(find(foreign.children, 'record').parameters).toEqual({ application: 'old', owner: 'legacy' });
    const tags = new RegExp(`^(?:${foreign.argument.slice(1, -1)})$`);
    const id = 'f'.repeat(64);
    expect(tags.test(`kubernetes.var.log.containers.old-5d8f9-x7k2p_shop_app-${id}.log`)).toBe(true);
    expect(tags.test(`kubernetes.var.log.containers.old-admin-5d8f9-x7k2p_shop_app-${id}.log`)).toBe(false);
    expect(tags.test(`kubernetes.var.log.containers.old-5d8f9-x7k2p_other_app-${id}.log`)).toBe(false);
  });

  it('without stack traces and JSON leaves their steps out', () => {
    const plain = configOf({ multiline: { exceptions: false }, json: false });
    expect(typesIn(label(plain, '@TRACES'))).toEqual(['relabel']);
    expect(typesIn(label(plain, '@EVENTS'))).not.toContain('parser');
    expect(label(plain, '@EVENTS').children[0]!.argument).toBe('raw.kubernetes.**');
  });
});

describe('drop', () => {
  const excluded = (props: object) => everySection(configOf(props)).filter(({ name }) => name === 'exclude').map(({ parameters }) => parameters);
  const probes = new RegExp((excluded({})[0]!.pattern as string).slice(1, -1));

  it.each(['10.0.0.1 - "GET /healthz HTTP/1.1" 200', 'GET /-/ready 200', 'GET / "kube-probe/1.34"'])('takes the answer to a probe: %s', (line) => expect(probes.test(line)).toBe(true));
  it.each(['GET /healthzone HTTP/1.1', 'POST /healthz HTTP/1.1', 'GET /products/ready HTTP/1.1'])('leaves %s', (line) => expect(probes.test(line)).toBe(false));

  it('takes namespaces by their files, containers whole, and patterns', () => {
    const props = { drop: { healthChecks: false, namespaces: ['noise'], containers: ['istio-proxy'], patterns: [/heartbeat/] }, namespaces: 'all' };
    expect(excluded(props)).toEqual([{ key: '$.kubernetes.container_name', pattern: '/^(?:istio-proxy)$/' }, { key: 'message', pattern: '/heartbeat/' }]);
    const tail = everySection(configOf(props)).find(({ parameters }) => parameters['@type'] === 'tail')!;
    expect(tail.parameters.path).toBe('/var/log/containers/*.log');
    expect(tail.parameters.exclude_path).toContain('/var/log/containers/*_noise_*.log');
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown prop', { sink: [] }, 'logs.sink: got []; no such prop here; did you mean "sinks"?'],
    ['no sinks', { sinks: [] }, 'logs.sinks: got []; at least one sink is required: logs that go nowhere need no collector'],
    ['a namespace of the wrong form', { namespaces: ['Shop'] }, 'logs.namespaces[0]: got "Shop"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    ['no namespace', { namespaces: [] }, "logs.namespaces: got []; at least one namespace is required, or 'all'"],
    ['a word for namespaces', { namespaces: 'every' }, "logs.namespaces: got \"every\"; a list of namespaces, or 'all', is allowed"],
    ['an unknown application', { multiline: { starts: { wbe: /^x/ } } }, 'logs.multiline.starts.wbe: no application of that name is watched; did you mean "web"?'],
    ['a start that is text', { multiline: { starts: { web: 'x' } } }, 'logs.multiline.starts.web: got "x"; a regular expression is allowed, such as /session=\\w+/'],
    ['a container of the wrong form', { drop: { containers: ['a_b'] } }, 'logs.drop.containers[0]: got "a_b"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    ['an identity for nobody', { identity: { awsRoleArn: 'arn:aws:iam::123456789012:role/logs' } }, 'logs.identity: got {"awsRoleArn":"arn:aws:iam::123456789012:role/logs"}; no sink shows it; remove it, or the key of the sink that should'],
  ])('%s', (_, props, message) => expect(problemsOf(props)).toEqual([message]));

  it('a cluster without access to its nodes', () => {
    expect(problemsOf({}, { nodeAccess: false })).toEqual([
      "logs: the cluster gives pods no access to the files of its nodes, and so none to logs; leave them to the cloud, which collects them itself: logs: { managed: { type: 'cloud-logging', project: … } } on GKE Autopilot, logs: { managed: { type: 'cloudwatch', region: …, group: … } } on EKS Fargate",
    ]);
  });
});
