import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { shopAlone } from '../../bench/shop';
import { renderEnvironments } from '../../stacks/synthesize';
import { ENVIRONMENTS } from '../stacks/rendered';

const scratch = mkdtempSync(path.join(tmpdir(), 'bench-shop-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('the shop of the bench is that of the environments, without their monitoring', () => {
  const alone = renderEnvironments(shopAlone(scratch), []);
  expect(alone.map(({ environment }) => environment.name)).toEqual(ENVIRONMENTS.map(({ environment }) => environment.name));
  for (const [index, { environment, rendering }] of alone.entries()) {
    const { monitoring, ...config } = ENVIRONMENTS[index]!.environment.config;
    expect(monitoring).toBeDefined();
    expect({ ...environment.config, secrets: Object.keys(environment.config.secrets) }).toEqual({ ...config, secrets: Object.keys(config.secrets).filter((key) => key !== 'monitoring') });
    const shop = ENVIRONMENTS[index]!.rendering.files.filter((file) => !/monitoring/.test(file.objects.map(({ manifest }) => (manifest.metadata as { namespace?: string; name: string }).namespace ?? '').join()) && !file.name.includes('monitoring'));
    expect(rendering.files.map(({ name }) => name)).toEqual(shop.map(({ name }) => name));
  }
});
