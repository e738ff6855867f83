import * as kplus from 'cdk8s-plus-28';
import { fileFromConfig, fileFromSecret } from '../../lib';
import { only, problemsOf, render, templateOf, type AnyProps, type Manifests } from '../support';
import { IMAGE, web } from '../builders';

const mainOf = (manifests: Manifests) => templateOf(only(manifests, 'Deployment')).spec;
const configOf = (props: AnyProps) => only(render(web(props)), 'ConfigMap');
const nameOf = (props: AnyProps) => (configOf(props).metadata as { name: string }).name;
const refused = (props: AnyProps) => problemsOf(web(props));

describe('config', () => {
  it('is an immutable ConfigMap of the workload, read as variables', () => {
    const manifests = render(web({ config: { LEVEL: 'debug', MODE: '' } }));
    const { name } = only(manifests, 'ConfigMap').metadata as { name: string };
    expect(name).toMatch(/^web-config-[0-9a-f]{10}$/);
    expect(only(manifests, 'ConfigMap')).toMatchObject({ immutable: true, data: { LEVEL: 'debug', MODE: '' } });
    expect(mainOf(manifests).containers[0]!.envFrom).toEqual([{ configMapRef: { name } }]);
  });

  it('makes nothing of no variables', () => expect(Object.keys(render(web({ config: {} })))).not.toContainEqual(expect.stringMatching(/^ConfigMap/)));

  it('gets another name with a change, so that the pods roll, and the old one back with the old content', () => {
    const template = (value: string) => templateOf(only(render(web({ config: { A: value } })), 'Deployment'));
    expect(nameOf({ config: { A: '2' } })).not.toBe(nameOf({ config: { A: '1' } }));
    expect(template('2')).not.toEqual(template('1'));
    expect(nameOf({ config: { A: '1' } })).toBe(nameOf({ config: { A: '1' } }));
  });
  it('has the same name in whatever order it is written', () => expect(nameOf({ config: { A: '1', B: '2' } })).toBe(nameOf({ config: { B: '2', A: '1' } })));
  it('has another name after a patch of its content', () => expect(nameOf({ config: { A: '1' }, patches: { config: { data: { A: '2' } } } })).toBe(nameOf({ config: { A: '2' } })));

  it('of a sidecar or init container has a name of its own', () => {
    const manifests = render(web({ sidecars: { 'log-agent': { image: IMAGE, config: { A: '1' }, files: { '/a': 'b' } } }, initContainers: { setup: { image: IMAGE, config: { A: '1' } } }, patches: { logAgentConfig: { data: { B: '2' } } } }));
    const names = Object.keys(manifests).filter((key) => key.startsWith('ConfigMap/')).map((key) => key.replace(/-[0-9a-f]{10}$/, ''));
    expect(names).toEqual(['ConfigMap/web-log-agent-config', 'ConfigMap/web-log-agent-files', 'ConfigMap/web-setup-config']);
    expect(Object.values(manifests).find(({ data }) => (data as AnyProps | undefined)?.B === '2')).toBeDefined();
  });

  it.each<[AnyProps, string]>([
    [{ config: { A: 1 } }, 'config.A: got 1; text is allowed; put it in quotes'],
    [{ config: { A: null } }, 'config.A: got null; text is allowed'],
    [{ config: { 'a-b': 'x' } }, 'config.a-b: got "a-b"; letters, digits and "_" are allowed, no digit first'],
    [{ config: { A: 'x' }, env: { A: 'y' } }, "config.A: got \"x\"; 'env' has this variable too and would win; keep one of them"],
    [{ config: ['A=b'] }, 'config: got ["A=b"]; an object is allowed'],
    [{ config: { A: 'x'.repeat(1_048_577) } }, 'config: got "1048577 bytes"; at most 1048576 bytes (1 MiB) fit in a ConfigMap; put large files on a volume or into the image'],
  ])('%# is refused', (props, message) => expect(refused(props)).toEqual([`[chart/web] ${message}`]));

  it('may have variables that JavaScript holds to be special', () => {
    const data = configOf({ config: JSON.parse('{"constructor": "a", "__proto__": "b"}'), env: { A: 'x' } }).data as object;
    expect(Object.entries(data)).toEqual([['constructor', 'a'], ['__proto__', 'b']]);
  });
});

describe('files', () => {
  it('of text and bytes stand in one immutable ConfigMap and are mounted one by one', () => {
    const manifests = render(web({ files: { '/etc/app/a.yml': 'a: 1\n', '/bin.dat': Uint8Array.from([0, 255]), '/empty': '' } }));
    const config = only(manifests, 'ConfigMap');
    expect(config).toMatchObject({ immutable: true, data: { 'etc_app_a.yml': 'a: 1\n', empty: '' }, binaryData: { 'bin.dat': 'AP8=' } });
    const { containers, volumes } = mainOf(manifests);
    expect(volumes).toEqual([{ name: 'files', configMap: { name: (config.metadata as { name: string }).name } }]);
    expect(containers[0]!.volumeMounts).toEqual([
      { name: 'files', mountPath: '/etc/app/a.yml', readOnly: true, subPath: 'etc_app_a.yml' },
      { name: 'files', mountPath: '/bin.dat', readOnly: true, subPath: 'bin.dat' },
      { name: 'files', mountPath: '/empty', readOnly: true, subPath: 'empty' },
    ]);
  });

  it('may be bytes alone', () => expect(configOf({ files: { '/a': Buffer.from('x') } })).not.toHaveProperty('data'));

  it('get another ConfigMap with a change of text, bytes or path', () => {
    const names = [{ '/a': 'x' }, { '/a': 'y' }, { '/b': 'x' }, { '/a': Buffer.from('x') }, { '/a': Buffer.from('y') }].map((files) => nameOf({ files }));
    expect(new Set(names).size).toBe(5);
    expect(nameOf({ files: { '/a': 'x', '/b': 'y' } })).toBe(nameOf({ files: { '/b': 'y', '/a': 'x' } }));
  });

  it('from ConfigMaps and Secrets are mounted key by key; a missing key keeps the pod from starting', () => {
    const manifests = render((chart) => void web({ files: { '/tls/crt': fileFromSecret('tls', 'tls.crt'), '/tls/key': fileFromSecret({ name: 'tls' }, 'tls.key'), '/app.yml': fileFromConfig(kplus.ConfigMap.fromConfigMapName(chart, 'c', 'settings.v1'), 'app.yml') } })(chart));
    const { containers, volumes } = mainOf(manifests);
    expect(volumes).toEqual([
      { name: 'secret-tls', secret: { secretName: 'tls', items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] } },
      { name: 'config-settings-v1', configMap: { name: 'settings.v1', items: [{ key: 'app.yml', path: 'app.yml' }] } },
    ]);
    expect(containers[0]!.volumeMounts).toEqual([
      { name: 'secret-tls', mountPath: '/tls/crt', readOnly: true, subPath: 'tls.crt' },
      { name: 'secret-tls', mountPath: '/tls/key', readOnly: true, subPath: 'tls.key' },
      { name: 'config-settings-v1', mountPath: '/app.yml', readOnly: true, subPath: 'app.yml' },
    ]);
  });

  it('from one Secret may be in several containers', () => {
    const { volumes } = mainOf(render(web({ files: { '/a': fileFromSecret('s', 'a') }, sidecars: { x: { image: IMAGE, files: { '/b': fileFromSecret('s', 'b') } } } })));
    expect(volumes).toEqual([{ name: 'secret-s', secret: { secretName: 's', items: [{ key: 'a', path: 'a' }] } }, { name: 'secret-s-2', secret: { secretName: 's', items: [{ key: 'b', path: 'b' }] } }]);
  });

  it('from Secrets with long or like names are told apart', () => {
    const long = 'a'.repeat(200);
    const { volumes } = mainOf(render(web({ files: { '/a': fileFromSecret('a.b', 'k'), '/b': fileFromSecret('a-b', 'k'), '/c': fileFromSecret(long, 'k'), '/d': fileFromSecret(`${long}b`, 'k') } })));
    const names = volumes!.map(({ name }) => name as string);
    expect(names.slice(0, 2)).toEqual(['secret-a-b', 'secret-a-b-2']);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][-a-z0-9]{0,62}$/);
  });

  it('at paths that make no key are kept under a hash of the path', () => {
    const data = configOf({ files: { [`/${'a'.repeat(300)}`]: 'long', '/..data': 'dots', '/ä b': 'odd' } }).data as object;
    expect(Object.keys(data)).toEqual([expect.stringMatching(/^file-[0-9a-f]{10}$/), expect.stringMatching(/^file-[0-9a-f]{10}$/), '__b']);
  });

  it('at paths that JavaScript holds to be special are kept', () => {
    expect(Object.entries(configOf({ files: { '/__proto__': 'a', '/constructor': 'b' } }).data as object)).toEqual([['__proto__', 'a'], ['constructor', 'b']]);
  });

  const FORM = 'text, bytes (Uint8Array), fileFromConfig(…) or fileFromSecret(…) is allowed';
  it.each<[AnyProps, string]>([
    [{ '/a': 5 }, `files./a: got 5; ${FORM}`],
    [{ '/a': null }, `files./a: got null; ${FORM}`],
    [{ '/a': ['x'] }, `files./a: got ["x"]; ${FORM}`],
    [{ 'etc/a': 'x' }, 'files: got "etc/a"; an absolute path without ":" and ".." is allowed'],
    [{ '/etc/../a': 'x' }, 'files: got "/etc/../a"; an absolute path without ":" and ".." is allowed'],
    [{ '/etc/a/': 'x' }, 'files: got "/etc/a/"; the path of a file is allowed, without "/" last'],
    [{ '/a/b': 'x', '/a_b': 'y' }, "files./a_b: got \"/a_b\"; '/a/b' gives the same key 'a_b'; rename one of the files"],
    [{ '/a': fileFromSecret('A', 'k') }, 'files./a.secret: got "A"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ '/a': fileFromConfig('a', 'k/x') }, 'files./a.key: got "k/x"; letters, digits, "-", "_" and "." are allowed, 253 characters at most'],
    [{ '/a': fileFromConfig(undefined as never, 'k') }, 'files./a.configMap: got nothing; text is allowed'],
    [{ '/a': Buffer.alloc(1_048_576), '/b': 'x' }, 'files: got "1048577 bytes"; at most 1048576 bytes (1 MiB) fit in a ConfigMap; put large files on a volume or into the image'],
  ])('%# is refused', (files, message) => expect(refused({ files })[0]).toBe(`[chart/web] ${message}`));

  it('of exactly 1 MiB fit', () => expect(refused({ files: { '/a': 'x'.repeat(1_048_576) } })).toEqual([]));
  it('are given by path', () => expect(refused({ files: [] })).toEqual(['[chart/web] files: got []; an object is allowed']));
  it('collide with a mount at the same path', () => {
    expect(refused({ files: { '/tmp': 'x' }, writablePaths: ['/tmp/'] })).toEqual(["[chart/web] files: got \"/tmp\"; '/tmp/' is mounted at this path already; give each its own"]);
  });
});
