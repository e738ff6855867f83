import { aggregate, quote, rate as rateOver } from '../promql';

/** The window that fits the graph's resolution and the time between scrapes; Grafana puts it in. */
const WINDOW = '$__rate_interval';

/** How fast a counter rises in a second. */
export const rate = (selector: string): string => rateOver(selector, WINDOW);

/** What a counter grew by, between two points of the graph or over a window. */
export const increase = (selector: string, window = WINDOW): string => `increase(${selector}[${window}])`;

/** The highest value of series that agree in the labels; of all without labels. So a series scraped twice counts once. */
export const highest = (labels: readonly string[], expression: string): string => aggregate('max', labels, expression);

/** The value, or nought where there is no series: a counter that never counted is not there. */
export const orZero = (expression: string): string => `(${expression} or vector(0))`;

/** The expression with a label of a fixed value. */
export const labelled = (expression: string, label: string, value: string): string => `label_replace(${expression}, ${quote(label)}, ${quote(value)}, "", "")`;

/** Prometheus counts seconds, Grafana's dates milliseconds. */
export const date = (seconds: string): string => `${seconds} * 1000`;
