/** Production on Autopilot, by the real engine on the real API server: what Pulumi's own commands make of its protection. */
import { CLUSTER, CloudShop, type CloudSettings } from './cloud-shop';

// Another cluster has storage and nodes of its own.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

const SETTINGS = { cloud: 'gke', project: 'acme-production', region: 'europe-west6', autopilot: true } as const satisfies CloudSettings;
const MOVED: CloudSettings = { ...SETTINGS, region: 'europe-west3' };

describeOwn('production on Autopilot', () => {
  let shop: CloudShop;
  beforeAll(async () => {
    shop = await CloudShop.open('life-autopilot');
  });
  afterAll(() => shop.close());

  it('is made in one go, and changes nothing the second time', async () => {
    const steps = await shop.up(SETTINGS);
    expect(steps.indexOf('create kubernetes:apps/v1:Deployment Deployment/life-autopilot/web')).toBeGreaterThan(steps.indexOf(`create gcp:container/cluster:Cluster ${CLUSTER}`));
    expect(steps.filter((step) => /nodePool/i.test(step))).toEqual([]);
    shop.clouds.actions();
    expect(await shop.up(SETTINGS)).toEqual([]);
    expect(shop.clouds.actions()).toEqual([]);
  }, 600_000);

  it('is refused by a plain preview, too, which shows the property that would replace it', async () => {
    await expect(shop.preview(MOVED)).rejects.toThrow('preview of test failed');
    expect(shop.output).toMatch(new RegExp(`^ \\+- gcp:container:Cluster ${CLUSTER} replace \\[diff: .*~?location,`, 'm'));
    expect(shop.output).toMatch(new RegExp(`^ {2}gcp:container:Cluster \\(${CLUSTER}\\):\n {4}error: unable to replace resource .*\n {4}as it is currently marked for protection`, 'm'));
    await expect(shop.up(MOVED)).rejects.toThrow('failed');
    expect(shop.clouds.actions()).toEqual([]);
  }, 600_000);

  it('goes once the cloud and Pulumi let it go', async () => {
    await expect(shop.destroy()).rejects.toThrow('failed');
    expect(shop.clouds.standing()).toContain(`gcp:container/cluster:Cluster ${CLUSTER}`);
    const unprotected: CloudSettings = { ...SETTINGS, deletionProtection: false, exceptions: { unprotected: 'it is taken down today' } };
    await shop.up(unprotected);
    const steps = await shop.destroy();
    expect(steps.indexOf('delete kubernetes:networking.k8s.io/v1:Ingress Ingress/life-autopilot/web')).toBeLessThan(steps.indexOf(`delete gcp:container/cluster:Cluster ${CLUSTER}`));
    expect(shop.clouds.standing()).toEqual([]);
  }, 600_000);
});
