import type { PrometheusConfig } from '../prometheus/config';
import { makeGoogleResources } from './google';
import { makeOperatorResources } from './operator';
import type { StackContext, StackPart } from './part';
import { makePrometheus } from './prometheus';
import type { CollectionOptions } from './wiring';

/** Has the metrics collected and the rules evaluated, in the way of the mode; gives the configuration of Prometheus where the stack writes it. */
export function makeCollection(context: StackContext, parts: readonly StackPart[], options: CollectionOptions): PrometheusConfig | undefined {
  const { mode } = context;
  if (mode.kind === 'plain') return makePrometheus(context, parts, options);
  if (mode.kind === 'operator') makeOperatorResources(context, mode, parts, options);
  else makeGoogleResources(context, mode, parts, options);
  return undefined;
}
