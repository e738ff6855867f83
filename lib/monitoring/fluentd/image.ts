import type { ImageInput } from '../../pod/image';
import type { Mistakes } from '../../core/problems';
import { sentenceList } from '../../core/suggest';
import { IMAGES } from '../images';

/** The images that FluentD's project makes, by the plugin that each has beside the common ones. */
export type ImageVariant = 'elasticsearch8' | 'elasticsearch9' | 'opensearch' | 's3' | 'gcs' | 'cloudwatch' | 'kafka2' | 'forward';

/** What an image must have for a sink. */
export interface ImageNeed {
  readonly name: string;
  readonly variant?: ImageVariant | undefined;
  readonly ownImage?: boolean | undefined;
}

const BUILT_IN: ImageVariant = 'forward';

/** The image that has the plugins of every sink; where none has, one must be given. */
export function chooseImage(problems: Mistakes, prop: string, given: ImageInput | undefined, sinks: readonly ImageNeed[]): ImageInput {
  if (given !== undefined) return given;
  const own = sinks.filter(({ ownImage }) => ownImage).map(({ name }) => `'${name}'`);
  if (own.length > 0) problems.refuse(prop, `no image of FluentD's project has the plugin of the sink ${sentenceList(own)}; give an image that has it`);
  const variants = [...new Set(sinks.flatMap(({ variant }) => variant ?? []))].sort();
  if (variants.length > 1) {
    const needs = sinks.filter(({ variant }) => variant !== undefined).map(({ name, variant }) => `'${name}' needs ${variant}`);
    problems.refuse(prop, `no image of FluentD's project has the plugins of all sinks (${sentenceList(needs)}); give an image that has them, or forward to an aggregator that has`);
  }
  return IMAGES.fluentd.replace(`-${BUILT_IN}-`, `-${variants[0] ?? BUILT_IN}-`);
}
