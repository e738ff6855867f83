/** A variable of Grafana: `$name`, `${name}`, `${name:format}` or `[[name]]`. */
const VARIABLE = /\$\{[^}]+\}|\[\[\w+(?::\w+)?\]\]|\$[A-Za-z_]\w*/g;
/** What stands before a length of time: the bracket of a range, a colon in it, an offset. */
const BEFORE_DURATION = /(\[|:|\boffset\s+-?)\s*$/;
/** Variables that are numbers. */
const NUMBER = /^\$\{?__(interval_ms|range_s|range_ms|from|to)\b/;

/** The expression with a sample in place of each variable, so that it parses as it will when Grafana has put the values in. */
export const plainExpression = (expression: string): string =>
  expression.replace(VARIABLE, (variable, offset: number) => {
    if (BEFORE_DURATION.test(expression.slice(0, offset))) return '5m';
    return NUMBER.test(variable) ? '60' : 'x';
  });
