export { aggregate, anyOf, escapeRegex, Matcher, matchers, not, notRegex, quote, rate, regex, select, sum, type Matchers } from './build';
export { selectorsOf, usageOf, type LabelsOf, type Selector, type Usage } from './labels';
export { findProblem, promqlProblem, type PromqlProblem } from './parse';
