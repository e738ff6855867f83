import { text } from '../../../environment/schema';
import type { Reporter } from './read';

/** A name of a cluster that fits what is called by it on any cloud; registries are the strictest. */
const FORM = /^(?=.{2,24}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ALLOWED = '2 to 24 lower-case letters, digits and "-", a letter first and no two "-" in a row';

/** Schema of the name of a cluster. */
export const clusterNameSchema = text(ALLOWED, FORM);

/** Reports a name of another form. */
export function checkClusterName(name: string, reporter: Reporter): void {
  if (!FORM.test(name)) reporter.add(['name'], name, ALLOWED);
}
