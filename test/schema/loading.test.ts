import { deployment } from './manifests';

/** Loads the module afresh and tells which of the watched modules get loaded. */
function watched(): { loaded: string[]; schema: typeof import('../../lib/schema') } {
  const loaded: string[] = [];
  const watch = (name: string) =>
    jest.doMock(name, () => {
      loaded.push(name.split('/').at(-1) ?? '');
      return jest.requireActual<object>(name);
    });
  jest.resetModules();
  ['ajv', '../../lib/schema/data/index.json', '../../lib/schema/data/apps.js', '../../lib/schema/data/keda.js'].forEach(watch);
  return { loaded, schema: require('../../lib/schema') as typeof import('../../lib/schema') };
}

afterEach(() => jest.dontMock('ajv'));

test('importing loads no data and no ajv', () => {
  expect(watched().loaded).toEqual([]);
});

test('a good manifest loads its own chunks and no ajv', () => {
  const { loaded, schema } = watched();
  const validator = new schema.SchemaValidator('1.36');
  expect(loaded).toEqual([]);
  expect(validator.validate(deployment())).toEqual([]);
  expect(loaded).toEqual(['index.json', 'apps.js']);
});

test('a bad manifest loads ajv to explain', () => {
  const { loaded, schema } = watched();
  expect(new schema.SchemaValidator('1.36').validate({ ...deployment(), spec: {} })).toHaveLength(2);
  expect(loaded).toEqual(['index.json', 'apps.js', 'ajv']);
});
