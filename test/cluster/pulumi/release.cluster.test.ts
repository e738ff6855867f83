/** A shop released by the real engine to the real API server. */
import { shop, type Release } from '../fixtures/shop';
import { Deployer } from './deployer';

const namespace = `released-${Date.now().toString(36)}`;
let deployer: Deployer;

beforeAll(async () => {
  deployer = await Deployer.connect();
});

afterAll(() => deployer.close(namespace));

const release = (change: Partial<Release> = {}) => deployer.program(() => shop({ namespace, ...change }));

it('goes up, and changes nothing the second time', async () => {
  const { steps } = await deployer.up(release());
  expect(steps).toContain('create Deployment/released/web'.replace('released', namespace));
  expect((await deployer.up(release())).steps).toEqual([]);
});
