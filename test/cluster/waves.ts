import type { App, Rendering } from '../../lib';
import type { Wave } from './harness/deploy';

/** The files of a rendering by wave, in their order: what stands in dist/ is what is applied. */
export function wavesOf(rendering: Rendering, files: ReadonlyMap<string, string>): Wave[] {
  const waves = new Map<number, string[]>();
  for (const { name, wave } of rendering.files) waves.set(wave, [...(waves.get(wave) ?? []), name]);
  return [...waves].map(([wave, names]) => ({
    name: `wave ${wave} (${names.map((name) => name.replace(/^\d+-/, '')).join(', ')})`,
    manifests: names.map((name) => contentOf(files, name)).join('---\n'),
  }));
}

/** The waves of an app. */
export function wavesOfApp(app: App): Wave[] {
  const rendering = app.render();
  return wavesOf(rendering, app.renderFiles(rendering));
}

function contentOf(files: ReadonlyMap<string, string>, name: string): string {
  const content = files.get(`${name}.yaml`);
  if (content === undefined) throw new Error(`no file ${name}.yaml among ${[...files.keys()].join(', ')}`);
  return content;
}
