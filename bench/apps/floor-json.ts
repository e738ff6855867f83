/** The floor below the floor: as floor-yaml.ts, but written as JSON, which YAML readers take too. */
import { writeEach } from './floor';

writeEach((objects) => objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n'));
