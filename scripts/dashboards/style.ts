/** Colours of series, in Grafana's order, and those that have a meaning. */
const COLORS = {
  light: { c0: '#2f8f46', c1: '#b8860b', c2: '#2f6fd6', c3: '#d9730d', c4: '#c4314b', c5: '#7d4cc4', green: '#2f8f46', orange: '#d9730d', red: '#c4314b', blue: '#2f6fd6', purple: '#8250df' },
  dark: { c0: '#73bf69', c1: '#f2cc0c', c2: '#5794f2', c3: '#ff9830', c4: '#f2495c', c5: '#b877d9', green: '#73bf69', orange: '#ff9830', red: '#f2495c', blue: '#5794f2', purple: '#b877d9' },
} as const;

/** Number of the colours that series take in turn. */
export const PALETTE = 6;

const colors = (theme: keyof typeof COLORS) => Object.entries(COLORS[theme]).map(([name, color]) => `.s.${name}{stroke:${color}}.f.${name},.a.${name}{fill:${color}}`).join('');

/** The style sheet of every picture; it follows the reader's light or dark theme. */
export const STYLE = `
  text{fill:#1f2328;font-family:-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;font-size:12px}
  .back{fill:#f4f5f7}.panel{fill:#fff;stroke:#d8dbe0}.grid{stroke:#e7e9ed;fill:none}.button{fill:#fff;stroke:#d0d7de}.stripe{fill:#f6f8fa}
  .h1{font-size:18px;font-weight:600}.h2{font-size:13px;font-weight:600}.title{font-weight:600}.muted{fill:#59636e}.tick{fill:#59636e;font-size:10.5px}.end{text-anchor:end}.mid{text-anchor:middle}
  .value{font-size:26px;font-weight:500;text-anchor:middle}.half{font-size:19px}.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:11px}.link{fill:#0969da}
  .s{fill:none;stroke-width:1.4;stroke-linejoin:round}.a{stroke:none;opacity:.1}.stack{opacity:.3}.bound,.limit{stroke-dasharray:6 5}.limit{stroke-width:1}.mark{stroke-dasharray:3 3;stroke-width:1.2}
  ${colors('light')}
  @media (prefers-color-scheme:dark){
    text{fill:#f0f6fc}.back{fill:#0d1117}.panel{fill:#161b22;stroke:#30363d}.grid{stroke:#262c36}.button{fill:#21262d;stroke:#3d444d}.stripe{fill:#1c2128}.muted,.tick{fill:#9198a1}.link{fill:#4493f8}
    ${colors('dark')}
  }`;
