import { show } from '../../../core/problems';
import { textAt } from '../../../core/paths';
import type { ObjectPolicy } from '../definition';

/** What is deployed can be seen. */
export const helmRelease: ObjectPolicy = {
  promise: 'Helm charts are rendered by Pulumi (Chart), not installed by Helm (Release)',
  reason: 'the objects of a Release are in no preview, and no policy sees them',
  level: 'advisory',
  check: (subject) => (subject.fullKind === 'Release.helm.sh'
    ? [{ subject, path: ['chart'], got: show(textAt(subject.manifest, 'chart')), mend: 'use kubernetes.helm.v4.Chart, or except it if you know what it makes' }]
    : []),
};
