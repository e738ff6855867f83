import { show } from '../../../core/problems';
import { IMAGE_POLICIES, parseImage, policyProblem, type ImagePolicy } from '../../../pod/image';
import type { ObjectPolicy } from '../definition';
import { containersOf, podsOf } from '../pods';

/** Images are named so that they stay what they are. */
export const imageReference: ObjectPolicy = {
  promise: 'Images are named by a tag other than latest, or by digest',
  reason: 'an image that changes under a running release makes two pods of one version differ, and a rollback go nowhere',
  level: 'mandatory',
  settings: { images: { enum: [...IMAGE_POLICIES], default: 'tag', description: 'which references are allowed, from lax to strict' } },
  check: (subject, { images }) => {
    const pods = podsOf(subject);
    return (pods ? containersOf(pods) : []).flatMap(({ container: { image }, path }) => {
      if (typeof image !== 'string') return [];
      const wrong = policyProblem(parseImage(image), images as ImagePolicy);
      return wrong === undefined ? [] : [{ subject, path: [...path, 'image'], got: show(image), mend: wrong }];
    });
  },
};
