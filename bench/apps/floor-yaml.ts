/** The floor: the objects of N applications as plain literals, written by js-yaml. `node floor-yaml.cjs <N> <folder>` */
import { dump } from 'js-yaml';
import { writeEach } from './floor';

writeEach((objects) => objects.map((object) => dump(object, { noRefs: true, lineWidth: -1 })).join('---\n'));
