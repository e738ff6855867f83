import { EXCEPTIONS, type Exception } from '../../lib/pulumi/cluster';
import type { RegisteredResource } from '../../lib/pulumi/testing';
import { describe, holds, type Claim } from './claim';
import { BENCHMARKS, type Benchmark } from './record';

const INTRO = `# Hardening

What a cluster has without being asked, check by check. This page is written by \`npx tsx scripts/hardening/generate.ts\`
from what a production cluster of each kind registers; a test fails when the page is not up to date, when a check no longer
holds, and when a weaker setting would pass unnoticed. How the clusters are described is in
[the settings](environments.md). Checks on objects in the cluster are [policies](policies.md).
`;

/** A table in Markdown. */
const table = (...rows: readonly (readonly string[])[]): string => [rows[0]!, rows[0]!.map(() => '---'), ...rows.slice(1)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The claims that the resources of a shape do not satisfy. */
export function failing(claims: readonly Claim[], shape: string, resources: readonly RegisteredResource[]): readonly Claim[] {
  return claims.filter(({ by }) => {
    const expected = by[shape];
    return expected === undefined || (typeof expected !== 'string' && !expected.every((expectation) => holds(expectation, resources)));
  });
}

/** The page, from what clusters register now. */
export async function hardeningPage(): Promise<string> {
  const sections: string[] = [];
  // One after the other: only one program runs at a time.
  for (const benchmark of BENCHMARKS) sections.push(await section(benchmark));
  return [INTRO, ...sections].join('\n');
}

async function section(benchmark: Benchmark): Promise<string> {
  const { title, about, shapes, claims, skips } = benchmark;
  const keys = Object.keys(shapes);
  for (const shape of keys) {
    const broken = failing(claims, shape, await benchmark.record(shape));
    if (broken.length > 0) throw new Error(`${title} ${shapes[shape]} no longer satisfies ${broken.map((claim) => named(claim).join(', ')).join('; ')}`);
  }
  const how = ({ by }: Claim, shape: string) => {
    const expected = by[shape]!;
    return typeof expected === 'string' ? expected : expected.map(describe).join('<br>');
  };
  return `## ${title}

Ids are those of the ${about}.

${table(['Checks', 'What is asked', ...keys.map((shape) => `What satisfies it: ${shapes[shape]}`)], ...claims.map((claim) => [claim.ids.join(', ') || 'ours', claim.asks, ...keys.map((shape) => how(claim, shape))]))}

### Not satisfied by ${title} settings

${table(['Checks', 'What is asked', 'Why not'], ...skips.map(({ ids, asks, reason }) => [ids.join(', '), asks, reason]))}

### Exceptions on ${title}

Production does without any of this only where \`exceptions\` names it, with a reason.

${table(['Exception', 'What it means', 'Checks that then fail'], ...(await exceptions(benchmark)))}
`;
}

async function exceptions({ claims, exceptions: names, record }: Benchmark): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [name, shapes] of Object.entries(names) as [Exception, readonly string[]][]) {
    const opened = new Set<string>();
    for (const shape of shapes) for (const claim of failing(claims, shape, await record(shape, name))) for (const id of named(claim)) opened.add(id);
    rows.push([`\`${name}\``, EXCEPTIONS[name], [...opened].join(', ')]);
  }
  return rows;
}

/** The ids of a claim; in words where it has none. */
const named = ({ ids, asks }: Claim): readonly string[] => (ids.length > 0 ? ids : [`"${asks}"`]);
