import { didYouMean } from '../../core/suggest';

/** Letters of three zones of each region that EKS and its nodes are in; as of 2026-04. Source: the regions of the EC2 guide. */
const ABC = [
  'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3',
  'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'cn-northwest-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1',
  'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-gov-east-1',
  'us-gov-west-1', 'us-west-2',
];
const LETTERS: ReadonlyMap<string, string> = new Map([...ABC.map((region) => [region, 'abc'] as const), ['ap-northeast-1', 'acd'], ['ca-central-1', 'abd'], ['cn-north-1', 'abd']]);

/** Three zones of the region; undefined where we know none, or an account has others than the next. */
export function zonesOfRegion(region: string): string[] | undefined {
  const letters = LETTERS.get(region);
  return letters === undefined ? undefined : [...letters].map((letter) => `${region}${letter}`);
}

/** What to say of a region that we know no zones of. */
export const unknownRegion = (region: string): string => `a region whose zones are known, or zones that are named, such as ["${region}a", "${region}b", "${region}c"]${didYouMean(region, LETTERS.keys())}`;

/** The partition of AWS that a region is in: what its ARNs begin with. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The domain of the region's services. */
export const domainOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
