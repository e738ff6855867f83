import { show } from '../../../core/problems';
import { findPodSecurityViolations, type EnforcedLevel } from '../../../synth/pod-security';
import { at } from '../../../core/paths';
import type { ObjectPolicy, Settings, Violation } from '../definition';
import { podsOf } from '../pods';
import type { Subject } from '../subject';

/** Annotation of pods that says why they are less than restricted. */
const EXCEPTION = 'fairlead.dev/security-exception';

function breaches(subject: Subject, level: EnforcedLevel, { exceptions }: Settings): Violation[] {
  const pods = podsOf(subject);
  if (!pods) return [];
  const reason = pods.annotations[EXCEPTION];
  if (exceptions === true && typeof reason === 'string' && reason.trim() !== '') return [];
  return findPodSecurityViolations(pods.spec, level).filter((found) => found.level === level).map(({ path, fallback, message }) => ({
    subject,
    path: [...pods.path, ...path],
    got: show(at(pods.spec, ...path)),
    mend: message,
    restsOn: fallback ? [{ subject, path: [...pods.path, ...fallback] }] : [],
  }));
}

const exceptions = { type: 'boolean', default: true, description: `whether pods may state an exception themselves, with its reason, in the annotation ${EXCEPTION}` } as const;

/** Pods keep to the baseline level. */
export const hostAccess: ObjectPolicy = {
  promise: 'Pods have no way to their node: no privileged containers, host namespaces, host ports or hostPath volumes (the baseline Pod Security level)',
  reason: 'whoever takes over such a pod has taken over the node and all that runs on it',
  level: 'mandatory',
  settings: { exceptions },
  check: (subject, settings) => breaches(subject, 'baseline', settings),
};

/** Pods keep to the restricted level, as far as it goes beyond baseline. */
export const restrictedPods: ObjectPolicy = {
  promise: 'Pods keep to the restricted Pod Security level: no root, no added rights, a seccomp profile',
  reason: 'a hole in a program then gives away that program and no more',
  level: 'advisory',
  settings: { exceptions },
  check: (subject, settings) => breaches(subject, 'restricted', settings),
};
