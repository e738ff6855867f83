import type { JsonObject } from '../../core/json';
import { listAt, objectAt } from '../../core/paths';

/** Whether a label selector selects whatever there is. */
export const selectsAll = (selector: JsonObject): boolean => Object.keys(objectAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0;

/** Whether a label selector selects an object with these labels. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  const equal = Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value);
  return equal && listAt(selector, 'matchExpressions').every((expression) => holds(expression, labels));
}

function holds({ key, operator, values }: JsonObject, labels: JsonObject): boolean {
  const label = labels[String(key)];
  const listed = Array.isArray(values) && values.includes(label);
  switch (operator) {
    case 'In':
      return label !== undefined && listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return label !== undefined;
    default:
      return label === undefined;
  }
}
