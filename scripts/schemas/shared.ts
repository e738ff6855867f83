import type { JsonSchema } from '../../lib/schema/json-schema';

const TWO_63 = 2 ** 63;
const NUMBER = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)';

/**
 * Definitions of our own that the chunks share. The OpenAPI says only `format`, or describes the grammar in
 * prose (quantities); the API server refuses the same values when it decodes an object.
 */
export const SHARED: Readonly<Record<string, JsonSchema>> = {
  int32: { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int64: { type: 'integer', minimum: -TWO_63, maximum: TWO_63 },
  base64: { title: 'base64', type: 'string', pattern: '^([A-Za-z0-9+/]|[\\r\\n])*={0,2}[\\r\\n]*$' },
  time: {
    title: 'a time such as 2026-01-31T12:00:00Z',
    type: 'string',
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
  },
  intOrString: { type: ['integer', 'string'], minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  quantity: {
    title: 'a quantity such as 100m or 128Mi',
    type: ['string', 'number'],
    pattern: `^[+-]?${NUMBER}([KMGTPE]i|[numkMGTPE]|[eE][+-]?${NUMBER})?$`,
  },
};
