import { Chart, Size, type App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { PlatformNamespace, Volume, type ClaimProps, type JsonObject } from '../../lib';
import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { cron, IMAGE, stateful, web } from '../builders';

const podOf = (mounts: AnyProps | ((chart: Chart) => AnyProps), props: AnyProps = {}) =>
  templateOf(only(render((chart) => void web({ mounts: typeof mounts === 'function' ? mounts(chart) : mounts, replicas: 1, ...props })(chart)), 'Deployment')).spec;
const volumesOf = (volume: Volume) => podOf({ '/data': volume }).volumes;
const refused = (mounts: unknown, props: AnyProps = {}) => problemsOf(web({ mounts, ...props })).filter((problem) => problem.startsWith('[chart/web] '));

describe('a volume', () => {
  it.each<[string, Volume, JsonObject]>([
    ['an empty directory, limited', Volume.emptyDir('v'), { emptyDir: { sizeLimit: '1Gi' } }],
    ['an empty directory of another size', Volume.emptyDir('v', { size: '5Mi' }), { emptyDir: { sizeLimit: '5Mi' } }],
    ['an empty directory in memory', Volume.emptyDir('v', { size: '5Mi', memory: true }), { emptyDir: { medium: 'Memory', sizeLimit: '5Mi' } }],
    ['a ConfigMap', Volume.config('v', 'c'), { configMap: { name: 'c' } }],
    ['some keys of a ConfigMap', Volume.config('v', { name: 'c' }, { items: { k: 'a/b' }, mode: 0o400, optional: true }), { configMap: { name: 'c', items: [{ key: 'k', path: 'a/b' }], defaultMode: 0o400, optional: true } }],
    ['a Secret', Volume.secret('v', 's', { mode: 0 }), { secret: { secretName: 's', defaultMode: 0 } }],
    ['an existing claim', Volume.existingClaim('v', 'c'), { persistentVolumeClaim: { claimName: 'c' } }],
    ['an existing claim to be read', Volume.existingClaim('v', 'c', { readOnly: true }), { persistentVolumeClaim: { claimName: 'c', readOnly: true } }],
    ['several sources', Volume.projected('v', [{ secret: { name: 's' } }, { serviceAccountToken: { path: 't' } }], { mode: 0o440 }), { projected: { sources: [{ secret: { name: 's' } }, { serviceAccountToken: { path: 't' } }], defaultMode: 0o440 } }],
    ['any other kind', Volume.of('v', { csi: { driver: 'a', readOnly: true } }), { csi: { driver: 'a', readOnly: true } }],
    ['any other kind with nothing to say', Volume.of('v', { emptyDir: {} }), { emptyDir: {} }],
  ])('may be %s', (_, volume, rendered) => expect(volumesOf(volume)).toEqual([{ name: 'v', ...rendered }]));

  it('of a claim is claimed by the workload, once for all pods', () => {
    const manifests = render(web({ replicas: 1, mounts: { '/data': Volume.claim('my-data', { size: '10Gi', storageClass: 'fast' }) } }));
    expect(only(manifests, 'PersistentVolumeClaim')).toMatchObject({ metadata: { name: 'web-my-data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } });
    expect(templateOf(only(manifests, 'Deployment')).spec.volumes).toEqual([{ name: 'my-data', persistentVolumeClaim: { claimName: 'web-my-data' } }]);
    expect(render(web({ replicas: 1, mounts: { '/data': Volume.claim('my-data', { size: '1Gi' }) }, patches: { myDataClaim: { spec: { volumeMode: 'Block' } } } }))).toHaveProperty(['PersistentVolumeClaim/web-my-data', 'spec', 'volumeMode'], 'Block');
  });
  it('of a claim is claimed by each pod of a StatefulService', () => {
    const set = only(render(stateful({ mounts: { '/data': Volume.claim('data', { size: '1Gi' }) } })), 'StatefulSet');
    expect(set).toHaveProperty('spec.volumeClaimTemplates', [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }]);
    expect(templateOf(set).spec).not.toHaveProperty('volumes');
  });
  it('of a claim is claimed by a job too', () => expect(Object.keys(render(cron({ mounts: { '/data': Volume.claim('data', { size: '1Gi' }) } })))).toContain('PersistentVolumeClaim/cron-data'));

  it('is for one node unless it says otherwise', () => {
    const one = (volume: Volume) => refused({ '/data': volume }, { replicas: 2 }).length;
    expect([Volume.claim('v', { size: '1Gi' }), Volume.claim('v', { size: '1Gi', accessMode: 'ReadWriteOncePod' }), Volume.existingClaim('v', 'c')].map(one)).toEqual([1, 1, 1]);
    expect([Volume.claim('v', { size: '1Gi', accessMode: 'ReadWriteMany' }), Volume.existingClaim('v', 'c', { accessMode: 'ReadOnlyMany' }), Volume.emptyDir('v')].map(one)).toEqual([0, 0, 0]);
  });

  it.each<[Volume, string]>([
    [Volume.claim('v', {} as ClaimProps), 'size: got nothing; a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed'],
    [Volume.claim('v', undefined as never), 'size: got nothing; a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed'],
    [Volume.claim('v', { size: 10 } as never), 'claim.size: got 10; text is allowed; put it in quotes'],
    [Volume.claim('v', { size: '0' }), 'size: got "0"; a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed'],
    [Volume.claim('v', { size: '1Gi', accessMode: 'RWO' as never }), 'accessMode: got "RWO"; ReadWriteOnce, ReadWriteOncePod, ReadWriteMany and ReadOnlyMany are allowed'],
    [Volume.claim('v', { size: '1Gi', storageClassName: 'x' } as ClaimProps), 'claim.storageClassName: got "x"; no such prop here; did you mean "storageClass"?'],
    [Volume.claim('v', { size: '1Gi', storageClass: 'A' }), 'storageClass: got "A"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [Volume.existingClaim('v', ''), 'claim: got ""; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [Volume.existingClaim('v', undefined as never), 'claim: got nothing; text is allowed'],
    [Volume.emptyDir('v', { memory: true }), "size: got nothing; a size is required: a volume in memory counts as the container's memory"],
    [Volume.emptyDir('v', { memory: 'yes' } as never), 'emptyDir.memory: got "yes"; true and false are allowed'],
    [Volume.emptyDir('v', { size: '1GB' }), 'size: got "1GB"; a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed'],
    [Volume.config('v', ''), 'configMap: got ""; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [Volume.config('v', 'c', { mode: 0o1000 }), 'mode: got 512; permissions from 0 to 0o777 are allowed'],
    [Volume.config('v', 'c', { mode: '0644' } as never), 'projection.mode: got "0644"; a number is allowed'],
    [Volume.config('v', 'c', { items: {} }), 'items: got {}; at least one key is required; leave it out for all'],
    [Volume.secret('v', 's', { items: { k: '../x' } }), 'items.k: got "../x"; a relative path without ".." is allowed'],
    [Volume.secret('v', null as never), 'secret: got nothing; text is allowed'],
    [Volume.projected('v', []), 'sources: got []; a list of at least one source, such as { secret: { name } }, is allowed'],
    [Volume.of('v', {}), 'spec: got {}; an object with the kind of the volume as its only key is allowed, such as { nfs: { server, path } }'],
    [Volume.of('v', { name: 'other', emptyDir: {} }), 'spec: got {"name":"other","emptyDir":{}}; an object with the kind of the volume as its only key is allowed, such as { nfs: { server, path } }'],
    [Volume.emptyDir('V'), 'name: got "V"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [Volume.emptyDir('v'.repeat(64)), `name: got "${'v'.repeat(64)}"; at most 63 characters are allowed, this has 64; shorten it`],
    [Volume.emptyDir(5 as never), 'name: got 5; text is allowed; put it in quotes'],
  ])('%# is refused where it is mounted', (volume, message) => expect(refused({ '/data': volume }, { replicas: 1 })[0]).toBe(`[chart/web] mounts./data.${message}`));
});

describe('volumes of cdk8s-plus', () => {
  it('may be of every kind', () => {
    const mounts = (chart: Chart) => {
      const make = [
        kplus.Volume.fromEmptyDir(chart, 'a', 'empty', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(5) }),
        kplus.Volume.fromConfigMap(chart, 'b', kplus.ConfigMap.fromConfigMapName(chart, 'bc', 'settings'), { items: { k: { path: 'p', mode: 0o400 } } }),
        kplus.Volume.fromSecret(chart, 'c', kplus.Secret.fromSecretName(chart, 'cs', 'tls'), { optional: true }),
        kplus.Volume.fromPersistentVolumeClaim(chart, 'd', kplus.PersistentVolumeClaim.fromClaimName(chart, 'dp', 'claim'), { name: 'claimed' }),
        kplus.Volume.fromNfs(chart, 'e', 'share', { server: 's', path: '/p' }),
        kplus.Volume.fromHostPath(chart, 'f', 'host', { path: '/h' }),
        kplus.Volume.fromCsi(chart, 'g', 'driver.example.com', { name: 'csi', attributes: { a: 'b' } }),
        kplus.Volume.fromAwsElasticBlockStore(chart, 'h', 'vol', { name: 'ebs' }),
        kplus.Volume.fromAzureDisk(chart, 'i', 'disk', 'uri', { name: 'azure' }),
        kplus.Volume.fromGcePersistentDisk(chart, 'j', 'disk', { name: 'gce' }),
      ];
      return Object.fromEntries(make.map((volume, index) => [`/${index}`, volume]));
    };
    const privileged = (chart: Chart) => new PlatformNamespace(chart, 'namespace', { podSecurity: 'privileged' });
    const { volumes } = podOf((chart) => privileged(chart) && mounts(chart), { security: { exception: { reason: 'It mounts a directory of the node.', root: true } } });
    expect(volumes).toEqual([
      { name: 'empty', emptyDir: { medium: 'Memory', sizeLimit: '5Mi' } },
      { name: 'configmap-settings', configMap: { name: 'settings', items: [{ key: 'k', path: 'p', mode: 0o400 }] } },
      { name: 'secret-tls', secret: { secretName: 'tls', optional: true } },
      { name: 'claimed', persistentVolumeClaim: { claimName: 'claim', readOnly: false } },
      { name: 'share', nfs: { server: 's', path: '/p' } },
      { name: 'host', hostPath: { path: '/h', type: '' } },
      { name: 'csi', csi: { driver: 'driver.example.com', volumeAttributes: { a: 'b' } } },
      { name: 'ebs', awsElasticBlockStore: { volumeID: 'vol', fsType: 'ext4', readOnly: false } },
      { name: 'azure', azureDisk: { cachingMode: 'None', diskName: 'disk', diskURI: 'uri', fsType: 'ext4', kind: 'Shared', readOnly: false } },
      { name: 'gce', gcePersistentDisk: { pdName: 'disk', fsType: 'ext4', readOnly: false } },
    ]);
  });

  it('over claims made in the app are for as many nodes as the claim', () => {
    const claimOf = (chart: Chart, mode: kplus.PersistentVolumeAccessMode) => new kplus.PersistentVolumeClaim(chart, 'claim', { metadata: { name: 'data' }, accessModes: [mode], storage: Size.gibibytes(1) });
    const mounted = (mode: kplus.PersistentVolumeAccessMode, how: (chart: Chart, claim: kplus.PersistentVolumeClaim) => unknown) => problemsOf((chart) => void web({ replicas: 2, mounts: { '/data': how(chart, claimOf(chart, mode)) } })(chart)).length;
    const [many, one] = [kplus.PersistentVolumeAccessMode.READ_WRITE_MANY, kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE];
    for (const how of [(chart: Chart, claim: kplus.PersistentVolumeClaim) => kplus.Volume.fromPersistentVolumeClaim(chart, 'v', claim), (_: Chart, claim: kplus.PersistentVolumeClaim) => Volume.existingClaim('v', claim)]) {
      expect([mounted(many, how), mounted(one, how)]).toEqual([0, 1]);
    }
  });

});

describe('mounts', () => {
  it('take options', () => {
    const volume = Volume.emptyDir('v');
    expect(podOf({ '/a': volume, '/b': { volume, readOnly: true, subPath: 'x/y' }, '/c': { volume, readOnly: false } }).containers[0]!.volumeMounts).toEqual([{ name: 'v', mountPath: '/a' }, { name: 'v', mountPath: '/b', readOnly: true, subPath: 'x/y' }, { name: 'v', mountPath: '/c' }]);
  });

  it('of the same value in several containers share it', () => {
    const volume = Volume.emptyDir('shared');
    const spec = podOf({ '/a': volume }, { sidecars: { s: { image: IMAGE, mounts: { '/b': volume } } }, initContainers: { i: { image: IMAGE, mounts: { '/c': { volume, readOnly: true } } } } });
    expect(spec.volumes).toEqual([{ name: 'shared', emptyDir: { sizeLimit: '1Gi' } }]);
    expect(spec.initContainers!.map(({ volumeMounts }) => volumeMounts)).toEqual([[{ name: 'shared', mountPath: '/b' }], [{ name: 'shared', mountPath: '/c', readOnly: true }]]);
  });

  it('of a volume of cdk8s-plus share it too, also with options', () => {
    const spec = templateOf(only(render((chart) => {
      const volume = kplus.Volume.fromEmptyDir(chart, 'e', 'shared');
      web({ mounts: { '/a': volume }, sidecars: { s: { image: IMAGE, mounts: { '/b': { volume, readOnly: true } } } } })(chart);
    }), 'Deployment')).spec;
    expect(spec.volumes).toEqual([{ name: 'shared', emptyDir: {} }]);
    expect(spec.initContainers![0]!.volumeMounts).toEqual([{ name: 'shared', mountPath: '/b', readOnly: true }]);
  });

  const volume = Volume.emptyDir('v');
  const FORM = 'a Volume, a volume of cdk8s-plus, or { volume, readOnly?, subPath? } is allowed';
  it.each<[unknown, string]>([
    [['/a'], 'mounts: got ["/a"]; an object is allowed'],
    [volume, 'mounts: got a Volume; an object is allowed'],
    [{ '/a': 'v' }, `mounts./a: got "v"; ${FORM}`],
    [{ '/a': null }, `mounts./a: got null; ${FORM}`],
    [{ '/a': { readOnly: true } }, `mounts./a: got {"readOnly":true}; ${FORM}`],
    [{ '/a': { volume, readonly: true } }, 'mounts./a.readonly: got true; no such prop here; did you mean "readOnly"?'],
    [{ '/a': { volume, path: '/b' } }, 'mounts./a.path: got "/b"; no such prop here'],
    [{ '/a': { volume, readOnly: 'yes' } }, 'mounts./a.readOnly: got "yes"; true and false are allowed'],
    [{ '/a': { volume, subPath: '/x' } }, 'mounts./a.subPath: got "/x"; a relative path without ".." is allowed'],
    [{ '/a': { volume, subPath: '' } }, 'mounts./a.subPath: got ""; a relative path without ".." is allowed'],
    [{ 'a': volume }, 'mounts: got "a"; an absolute path without ":" and ".." is allowed'],
    [{ '': volume }, 'mounts: got ""; an absolute path without ":" and ".." is allowed'],
    [{ '/a:b': volume }, 'mounts: got "/a:b"; an absolute path without ":" and ".." is allowed'],
    [{ '/a/../b': volume }, 'mounts: got "/a/../b"; an absolute path without ":" and ".." is allowed'],
    [{ '/': volume }, 'mounts: got "/"; the root of the filesystem is the image; mount below it'],
    [{ '//': volume }, 'mounts: got "//"; the root of the filesystem is the image; mount below it'],
    [{ '/a': volume, '/a/': volume }, "mounts: got \"/a/\"; '/a' is mounted at this path already; give each its own"],
    [{ '/a/b': volume, '/a//./b': volume }, "mounts: got \"/a//./b\"; '/a/b' is mounted at this path already; give each its own"],
    [{ '/a': volume, '/b': Volume.emptyDir('v') }, 'mounts./b: got "v"; two different volumes have this name; make the volume once and mount that value twice, or rename one'],
  ])('%# are refused', (mounts, message) => expect(refused(mounts)).toEqual([`[chart/web] ${message}`]));
});

describe('writable paths', () => {
  it('are empty directories, named after the path', () => {
    const { containers, volumes } = podOf({}, { writablePaths: ['/tmp', '/var/cache/nginx', '/Home/.cache_'] });
    expect(containers[0]!.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }, { name: 'var-cache-nginx', mountPath: '/var/cache/nginx' }, { name: 'home-cache', mountPath: '/Home/.cache_' }]);
    expect(volumes).toEqual(['tmp', 'var-cache-nginx', 'home-cache'].map((name) => ({ name, emptyDir: { sizeLimit: '1Gi' } })));
  });

  it('with like, long or odd names get names of their own', () => {
    const long = `/${'x'.repeat(80)}`;
    const { volumes } = podOf({ '/data': Volume.emptyDir('tmp') }, { writablePaths: ['/tmp', '/a/b', '/a-b', '/A/B', long, `${long}y`, '/ä'], sidecars: { a: { image: IMAGE, writablePaths: ['/b', '/ü'] } } });
    const names = volumes!.map(({ name }) => name as string);
    expect(names.filter((name) => name.length < 20)).toEqual(['tmp', 'tmp-2', 'a-b', 'a-b-2', 'a-b-3', 'volume', 'a-b-4', 'a']);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });

  it.each<[unknown, string]>([
    ['/tmp', 'writablePaths: got "/tmp"; a list of text is allowed'],
    [[5], 'writablePaths[0]: got 5; text is allowed; put it in quotes'],
    [['tmp'], 'writablePaths: got "tmp"; an absolute path without ":" and ".." is allowed'],
    [['/'], 'writablePaths: got "/"; the root of the filesystem is the image; mount below it'],
    [['/tmp', '/tmp'], "writablePaths: got \"/tmp\"; '/tmp' is mounted at this path already; give each its own"],
  ])('%j are refused', (writablePaths, message) => expect(refused({}, { writablePaths })).toEqual([`[chart/web] ${message}`]));

  it('may not stand where a volume is mounted', () => {
    expect(refused({ '/tmp': Volume.emptyDir('v') }, { writablePaths: ['/tmp'] })).toEqual(["[chart/web] writablePaths: got \"/tmp\"; '/tmp' is mounted at this path already; give each its own"]);
  });
});

it('a chart of its own may hold the workload', () => {
  const made = render((chart) => void web({ mounts: { '/a': Volume.emptyDir('v') } }, 'other')(new Chart(chart.node.root as App, 'second', { namespace: 'second' })));
  expect(only(made, 'Deployment').metadata).toMatchObject({ namespace: 'second' });
});
