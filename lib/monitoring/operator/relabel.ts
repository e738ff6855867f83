import { camelCase } from '../../core/names';
import type { JsonObject } from '../../core/json';
import type { RelabelConfig } from '../prometheus/config';

/** Steps of relabeling as the operator's resources have them. */
export const relabelings = (steps: readonly RelabelConfig[] = []): JsonObject[] =>
  steps.map((step) => Object.fromEntries(Object.entries(step).map(([key, value]) => [camelCase(key.replaceAll('_', '-')), value as unknown])));
