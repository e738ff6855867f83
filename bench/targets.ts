import type { Measurement } from './measure';
import { MANY, manyId } from './pulumi';
import { idOf, type Contender, type Written } from './scaling';

type Found = ReadonlyMap<string, Measurement>;
type CountOf = (contender: Contender, size: number) => Written;

/** Something to reach. */
export interface Target {
  readonly what: string;
  /** The ratio may be this at most. */
  readonly limit: number;
  /** The ratio measured; undefined where one side was not. */
  readonly ratio: number | undefined;
}

/** Milliseconds for each object; undefined where it was not measured. */
export function perObject(found: Found, written: CountOf, contender: Contender, size: number): number | undefined {
  const time = found.get(idOf(contender, size))?.min;
  return time === undefined ? undefined : time / written(contender, size).objects;
}

/** One time over another. */
export const over = (time: number | undefined, other: number | undefined): number | undefined => (time === undefined || other === undefined ? undefined : time / other);

/** What is to be reached, and what was. All ratios are of least times, nothing subtracted. */
export function targets(found: Found, written: CountOf): Target[] {
  const min = (id: string) => found.get(id)?.min;
  const each = (contender: Contender) => perObject(found, written, contender, 1000);
  return [
    { what: "Online Boutique: ours (the script's command line) / cdk8s CLI with ts-node", limit: 1 / 5, ratio: over(min('script'), min('rival')) },
    { what: "Online Boutique: ours (the script's command line, after a change of source) / cdk8s CLI with ts-node", limit: 1 / 5, ratio: over(min('edited'), min('rival')) },
    { what: 'Online Boutique: ours (`npm run synth`, npm included) / cdk8s CLI with ts-node', limit: 1 / 5, ratio: over(min('npm'), min('rival')) },
    { what: 'Online Boutique: ours through the cdk8s CLI / cdk8s CLI with ts-node', limit: 1 / 2, ratio: over(min('cli'), min('rival')) },
    { what: '1,000 applications, per object: ours / cdk8s-plus, a chart each', limit: 1 / 6, ratio: over(each('ours'), each('plus-chart-each')) },
    { what: '1,000 applications, per object: ours / helm template', limit: 1.5, ratio: over(each('ours'), each('helm')) },
    { what: '1,000 applications, per object: ours / floor (js-yaml)', limit: 4, ratio: over(each('ours'), each('floor-yaml')) },
    { what: '1,000 applications, per object: ours / floor (JSON, no YAML written)', limit: 4, ratio: over(each('ours'), each('floor-json')) },
    { what: 'ours: 5,000 applications / 1,000', limit: 6, ratio: over(min(idOf('ours', 5000)), min(idOf('ours', 1000))) },
    { what: 'import: fairlead / cdk8s-plus-28', limit: 1.2, ratio: over(min('import fairlead'), min('import cdk8s-plus-28')) },
    { what: 'import: fairlead/web-app / fairlead', limit: 1, ratio: over(min('import fairlead/web-app'), min('import fairlead')) },
    { what: 'Pulumi program: ours / an empty program and the registration of its objects', limit: 1.3, ratio: over(min('pulumi ours'), min('pulumi registered')) },
    { what: 'Pulumi program: 4,000 objects / 1,000', limit: 4.4, ratio: over(min(manyId(MANY[1])), min(manyId(MANY[0]))) },
  ];
}
