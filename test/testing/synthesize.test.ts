import { ApiObject, App as PlainApp, Chart } from 'cdk8s';
import { App, PlatformNamespace, WebApp } from '../../lib';
import { Manifests, synthesize, testApp } from '../../lib/testing';
import '../../lib/testing/jest';

const image = 'ghcr.io/acme/shop:1.4.2';
const web = (chart: Chart) => new WebApp(chart, 'web', { image, ports: { http: 8080 } });

describe('synthesize', () => {
  test('a function that fills a chart of the namespace test', () => {
    const manifests = synthesize(web);
    expect(manifests.problems).toEqual([]);
    expect(manifests.find('Deployment').metadata).toMatchObject({ name: 'web', namespace: 'test' });
    expect(manifests.find<{ spec: { replicas: number } }>('Deployment', 'web').spec.replicas).toBe(2);
  });

  test('with defaults, a namespace and a version of Kubernetes', () => {
    const manifests = synthesize(web, { namespace: 'acme', defaults: { replicas: 5 }, kubernetesVersion: '1.30' });
    expect(manifests.find('Deployment')).toMatchObject({ metadata: { namespace: 'acme' }, spec: { replicas: 5 } });
  });

  test('an app, or a chart or construct of one: then what lies below it', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const shop = web(chart);
    new PlatformNamespace(new Chart(app, 'platform', { namespace: 'shop' }), 'namespace', { quota: false, containerLimits: false, defaultDeny: false });
    expect(synthesize(app).all().map(({ kind }) => kind)).toContain('Namespace');
    expect(synthesize(chart).all().map(({ kind }) => kind)).not.toContain('Namespace');
    expect(synthesize(shop.service).all()).toEqual([expect.objectContaining({ kind: 'Service' })]);
    expect(synthesize(app).files.map(({ name }) => name)).toEqual(['0-platform', '1-web']);
  });

  test('a chart of a plain cdk8s app', () => {
    const chart = new Chart(new PlainApp(), 'plain');
    web(chart);
    expect(synthesize(chart).find('Service').metadata.name).toBe('web');
  });

  test('YAML and required Secrets', () => {
    const manifests = synthesize((chart) => new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'a', image, envFrom: [{ secretRef: { name: 's' } }] }] } }));
    expect(manifests.yaml()).toMatch(/^apiVersion: v1\nkind: Pod\nmetadata:\n {2}name: p\n/);
    expect(manifests.requiredSecrets).toEqual([{ namespace: 'test', name: 's', keys: [], neededBy: ['test/pod'] }]);
  });

  test('mistakes are values, until somebody asks for objects', () => {
    const manifests = synthesize((chart) => new WebApp(chart, 'web', { image: 'nginx', ports: { http: 8080 } }));
    expect(manifests.problems).toEqual([expect.stringMatching(/^\[test\/web\] image: got "nginx"/)]);
    expect(() => manifests.all()).toThrow(/Validation failed with the following errors:\n {2}\[test\/web\] image/);
    expect(() => manifests.yaml()).toThrow(/image: got "nginx"/);
  });

  test('what find does not find it names', () => {
    const manifests = synthesize((chart) => ['a', 'b'].map((name) => new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })));
    expect(() => manifests.find('Deployment', 'web')).toThrow("find: got no Deployment 'web'; there are: ConfigMap 'test/a', ConfigMap 'test/b'");
    expect(() => manifests.find('ConfigMap')).toThrow("find: got 2 of ConfigMap; there are: ConfigMap 'test/a', ConfigMap 'test/b'");
    expect(() => synthesize(() => {}).find('Deployment')).toThrow('find: got no Deployment; there are: no objects at all');
  });
});

describe('testApp', () => {
  test('is an App whose directory nothing outside decides', () => {
    process.env.CDK8S_OUTDIR = '/somewhere';
    try {
      expect(testApp().outdir).toBe('dist');
    } finally {
      delete process.env.CDK8S_OUTDIR;
    }
    expect(testApp({ kubernetesVersion: '1.36' }).kubernetesVersion).toBe('1.36');
  });
});

describe('matchers', () => {
  const message = (assert: () => void): string => {
    try {
      assert();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('nothing was thrown');
  };

  test('toRender', () => {
    expect(synthesize(web)).toRender('Deployment');
    expect(web).toRender('Deployment', 'web', { spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: expect.stringContaining('shop') }] } } } });
    expect(web).not.toRender('Ingress');
    expect(web).not.toRender('Deployment', 'web', { spec: { replicas: 3 } });
  });

  test('toRender says what is there instead', () => {
    expect(message(() => expect(web).toRender('Deployment', 'api'))).toMatch(/^expected Deployment 'api', got none; there are: .*Deployment 'web'/);
    expect(message(() => expect(web).toRender('Deployment', 'web', { spec: { replicas: 3, paused: true, template: { spec: { containers: [] } } } }))).toMatch(
      /^expected Deployment 'web', got Deployment 'web' with\n {2}spec\.replicas: expected 3, got 2\n {2}spec\.paused: expected true, got nothing\n {2}spec\.template\.spec\.containers: expected \[\], got \[/,
    );
    expect(message(() => expect(web).not.toRender('Service', 'web'))).toBe("expected no Service 'web' with these fields, got one");
    expect(message(() => expect((chart: Chart) => new WebApp(chart, 'web', { image: 'nginx', ports: { http: 1 } })).toRender('Service'))).toMatch(/^expected Service, got problems:\n {2}\[test\/web\]/);
  });

  test('toHaveProblem', () => {
    const wrong = (chart: Chart) => new WebApp(chart, 'web', { image: 'nginx', ports: { http: 8080 } });
    expect(wrong).toHaveProblem('[test/web] image: got "nginx"');
    expect(wrong).toHaveProblem(/a tag or digest is required/);
    expect(wrong).not.toHaveProblem(/replicas/);
    expect(synthesize(web)).not.toHaveProblem(/./);
    expect(message(() => expect(web).toHaveProblem('image'))).toBe('expected a problem with image, got none');
    expect(message(() => expect(wrong).not.toHaveProblem(/image/))).toMatch(/^expected no problem with \/image\/, got \n {2}\[test\/web\]/);
  });

  test('take what was synthesized before', () => {
    const manifests = synthesize(web);
    expect(manifests).toBeInstanceOf(Manifests);
    expect(manifests).toRender('Service', 'web');
  });
});
