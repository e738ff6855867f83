import { cpus } from 'node:os';
import { IMPORTS } from './imports';
import type { Measurement } from './measure';
import { BOUTIQUE } from './online-boutique';
import { MANY, manyId, PULUMI } from './pulumi';
import { idOf, type Contender, type Written } from './scaling';
import { over, perObject, targets } from './targets';

/** Everything measured. */
export interface Results {
  readonly found: ReadonlyMap<string, Measurement>;
  readonly sizes: readonly number[];
  readonly written: (contender: Contender, size: number) => Written;
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

const CONTENDERS: Readonly<Record<Contender, string>> = {
  ours: 'ours',
  'plus-one-chart': 'cdk8s-plus, one chart',
  'plus-chart-each': 'cdk8s-plus, a chart each',
  helm: 'helm template',
  'floor-yaml': 'floor: bare Node, js-yaml',
  'floor-json': 'floor: bare Node, JSON',
};

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const ratio = (value: number | undefined) => (value === undefined ? '–' : `${round(value)}×`);
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (header: readonly string[], rows: readonly (readonly string[])[]) => [row(header), row(header.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');
const memory = ({ memory: peak }: Measurement) => (peak === undefined ? '–' : peak.toFixed(0));

/** The whole report, in Markdown. */
export function report(results: Results): string {
  const { found, sizes, notes } = results;
  return [
    `# Benchmark\n\n${machine()}; whole processes, least and median of interleaved runs; MiB of the largest process. Ratios are of least times.`,
    ...sizes.map((size) => scalingSection(results, size)),
    section('Online Boutique', BOUTIQUE, found, 'rival'),
    section('Import alone, in a fresh process', Object.fromEntries(Object.keys(IMPORTS).map((id) => [id, `\`${id}\``])), found, 'import cdk8s-plus-28'),
    section('Pulumi program of the Online Boutique, from its start to its last registration', PULUMI, found, 'pulumi empty'),
    section('Pulumi program of many applications', Object.fromEntries(MANY.map((applications) => [manyId(applications), `${(8 * applications).toLocaleString('en')} objects`])), found, manyId(MANY[0])),
    targetSection(results),
    `## Notes\n\n${notes.map((note) => `- ${note}`).join('\n')}`,
  ].join('\n\n').concat('\n');
}

function machine(): string {
  const all = cpus();
  return `Node ${process.version}, ${all.length} × ${all[0]?.model.trim() || 'CPU'}`;
}

function scalingSection({ found, written }: Results, size: number): string {
  const ours = found.get(idOf('ours', size));
  const oursEach = perObject(found, written, 'ours', size);
  const rows = (Object.keys(CONTENDERS) as Contender[]).flatMap((contender) => {
    const measured = found.get(idOf(contender, size));
    if (!measured) return [];
    const { objects, files } = written(contender, size);
    const each = perObject(found, written, contender, size)!;
    const ratios = contender === 'ours' ? ['', ''] : [ratio(over(ours?.min, measured.min)), ratio(over(oursEach, each))];
    return [[CONTENDERS[contender], String(objects), String(files), round(measured.min), round(measured.median), memory(measured), round(each), ...ratios]];
  });
  return `## ${size.toLocaleString('en')} ${size === 1 ? 'application' : 'applications'}\n\n${table(['', 'objects', 'files', 'min ms', 'median ms', 'MiB', 'ms/object', 'ours / this', 'ours / this, per object'], rows)}`;
}

function section(title: string, names: Readonly<Record<string, string>>, found: Results['found'], base: string): string {
  const baseline = found.get(base);
  const rows = Object.entries(names).flatMap(([id, name]) => {
    const measured = found.get(id);
    return measured ? [[name, round(measured.min), round(measured.median), memory(measured), ratio(over(measured.min, baseline?.min))]] : [];
  });
  return `## ${title}\n\n${table(['', 'min ms', 'median ms', 'MiB', `this / ${names[base]?.split(',')[0]}`], rows)}`;
}

function targetSection({ found, written }: Results): string {
  const rows = targets(found, written).map(({ what, limit, ratio: got }) => [what, `≤ ${round(limit)}×`, ratio(got), got === undefined ? 'not measured' : got <= limit ? 'met' : '**missed**']);
  return `## Targets\n\n${table(['', 'to reach', 'measured', ''], rows)}`;
}
