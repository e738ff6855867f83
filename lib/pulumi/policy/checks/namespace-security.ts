import { show } from '../../../core/problems';
import { at } from '../../../core/paths';
import type { ObjectPolicy } from '../definition';

const LABEL = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['baseline', 'restricted'];

/** Namespaces enforce a level. */
export const namespaceSecurity: ObjectPolicy = {
  promise: `Each namespace that the stack makes enforces the baseline or restricted Pod Security level (label ${LABEL})`,
  reason: 'the API server then refuses pods that reach for the node, whoever deploys them',
  level: 'advisory',
  settings: { atLeast: { enum: LEVELS, default: 'baseline', description: 'the mildest level that is allowed' } },
  check: (subject, { atLeast }) => {
    if (subject.fullKind !== 'Namespace') return [];
    const path = ['metadata', 'labels', LABEL];
    const level = at(subject.manifest, ...path);
    const allowed = LEVELS.slice(LEVELS.indexOf(atLeast as string));
    return allowed.includes(level as string) ? [] : [{ subject, path, got: show(level), mend: `${allowed.map((value) => `'${value}'`).join(' and ')} ${allowed.length > 1 ? 'are' : 'is'} allowed` }];
  },
};
