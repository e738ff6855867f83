/** Draws web-app.svg: `node docs/images/draw.mjs` writes it beside this file. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WIDTH = 960;
const CODE = { x: 24, width: 396, line: 24 };
const GROUPS = { x: 500, width: 436, card: 50, gap: 14 };

/** The declaration, with the group that each line leads to. */
const LINES = [
  ["new WebApp(chart, 'frontend', {"],
  ["  image: 'ghcr.io/acme/frontend:1.4.2',", 'run'],
  ["  config: { LOG_LEVEL: 'info' },", 'run'],
  ['  ports: { http: 8080 },', 'reach'],
  ['  route: {', 'reach'],
  ["    hosts: ['shop.example.com'],"],
  ["    tls: { issuer: 'letsencrypt' },"],
  ['  },'],
  ['  replicas: { min: 2, max: 10 },', 'stay'],
  ["  resources: { requests: { cpu: '250m' } },", 'stay'],
  ['});'],
];

/** The objects, two cards a row. */
const OBJECTS = [
  ['run', 'Run it', [['Deployment', 'rollout without a gap, probes'], ['ConfigMap', 'named after its content']]],
  ['reach', 'Reach it', [['Service', 'a name inside the cluster'], ['Ingress + TLS', 'the host and its certificate']]],
  ['stay', 'Keep it up', [['HorizontalPodAutoscaler', '2 to 10 pods, by CPU'], ['PodDisruptionBudget', 'a drain takes one at a time']]],
  ['guard', 'Keep it safe', [['NetworkPolicy', 'only declared connections pass'], ['ServiceAccount', 'no token, no rights']]],
];

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const text = (x, y, style, content) => `<text x="${x}" y="${y}" class="${style}" xml:space="preserve">${escape(content)}</text>`;
const box = (x, y, width, height, style, radius = 8) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" class="${style}"/>`;

function drawGroups() {
  const drawn = [];
  const middles = {};
  let y = 24;
  for (const [id, title, cards] of OBJECTS) {
    const rows = Math.ceil(cards.length / 2);
    const height = 36 + rows * (GROUPS.card + 10) + 4;
    drawn.push(box(GROUPS.x, y, GROUPS.width, height, `group ${id}`, 10), text(GROUPS.x + 16, y + 24, `title ${id}`, title));
    cards.forEach(([kind, phrase], index) => {
      const x = GROUPS.x + 12 + (index % 2) * 210;
      const top = y + 36 + Math.floor(index / 2) * (GROUPS.card + 10);
      drawn.push(box(x, top, 202, GROUPS.card, 'card', 6), text(x + 12, top + 21, 'kind', kind), text(x + 12, top + 39, 'phrase', phrase));
    });
    middles[id] = y + height / 2;
    y += height + GROUPS.gap;
  }
  return { drawn, middles, bottom: y - GROUPS.gap };
}

function drawCode(bottom) {
  const height = LINES.length * CODE.line + 32;
  const y = Math.round((24 + bottom - height) / 2);
  const lines = LINES.map(([line], index) => text(CODE.x + 18, y + 33 + index * CODE.line, 'code', line));
  return { drawn: [text(CODE.x + 2, y - 12, 'caption', 'What you declare'), box(CODE.x, y, CODE.width, height, 'panel', 10), ...lines], y, height };
}

/** A line from each prop to its group; what nobody asked for hangs on the whole declaration. */
function drawLinks(code, middles) {
  const start = CODE.x + CODE.width;
  const link = (from, id, style) => {
    const to = middles[id];
    const half = (start + GROUPS.x) / 2;
    return `<path d="M${start + 4} ${from} C${half} ${from} ${half} ${to} ${GROUPS.x - 6} ${to}" class="link ${style}"/><circle cx="${start}" cy="${from}" r="4.5" class="dot ${id}"/>`;
  };
  const links = LINES.flatMap(([, id], index) => (id ? [link(code.y + 28 + index * CODE.line, id, id)] : []));
  return [...links, link(code.y + code.height - 14, 'guard', 'guard unasked'), text(CODE.x + CODE.width - 2, code.y + code.height + 22, 'caption end', 'without being asked')];
}

const STYLE = `
  .back{fill:#fff;stroke:#d0d7de}.panel{fill:#f6f8fa;stroke:#d0d7de}.card{fill:#fff;stroke:#d0d7de}
  text{fill:#1f2328;font-family:-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;font-size:13px}
  .code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13.5px}
  .kind{font-weight:600}.title{font-weight:600;font-size:14px}.phrase,.caption{fill:#59636e;font-size:12px}
  .end{text-anchor:end}.group{stroke-width:1.5}.link{fill:none;stroke-width:2;stroke-linecap:round}.unasked{stroke-dasharray:1 6}
  .group.run{fill:#ddf4ff;stroke:#54aeff}.title.run{fill:#0550ae}.link.run{stroke:#54aeff}.dot.run{fill:#54aeff}
  .group.reach{fill:#dafbe1;stroke:#4ac26b}.title.reach{fill:#116329}.link.reach{stroke:#4ac26b}.dot.reach{fill:#4ac26b}
  .group.stay{fill:#fff8c5;stroke:#d4a72c}.title.stay{fill:#7d4e00}.link.stay{stroke:#d4a72c}.dot.stay{fill:#d4a72c}
  .group.guard{fill:#fbefff;stroke:#c297ff}.title.guard{fill:#6639ba}.link.guard{stroke:#c297ff}.dot.guard{fill:#c297ff}
  @media (prefers-color-scheme:dark){
    .back{fill:#0d1117;stroke:#3d444d}.panel{fill:#151b23;stroke:#3d444d}.card{fill:#0d1117;stroke:#3d444d}
    text{fill:#f0f6fc}.phrase,.caption{fill:#9198a1}
    .group.run{fill:#0c2d5a55;stroke:#388bfd}.title.run{fill:#79c0ff}.link.run{stroke:#388bfd}.dot.run{fill:#388bfd}
    .group.reach{fill:#0f532355;stroke:#2ea043}.title.reach{fill:#7ee787}.link.reach{stroke:#2ea043}.dot.reach{fill:#2ea043}
    .group.stay{fill:#4b290055;stroke:#bb8009}.title.stay{fill:#e3b341}.link.stay{stroke:#bb8009}.dot.stay{fill:#bb8009}
    .group.guard{fill:#3c1e7055;stroke:#8957e5}.title.guard{fill:#d2a8ff}.link.guard{stroke:#8957e5}.dot.guard{fill:#8957e5}
  }`;

const TITLE = 'One WebApp declaration and the eight objects that it makes';

/** The whole picture. */
export function draw() {
  const groups = drawGroups();
  const code = drawCode(groups.bottom);
  const height = groups.bottom + 24;
  const parts = [box(1, 1, WIDTH - 2, height - 2, 'back', 14), ...code.drawn, ...groups.drawn, ...drawLinks(code, groups.middles)];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${TITLE}">\n<title>${TITLE}</title>\n<style>${STYLE}\n</style>\n${parts.join('\n')}\n</svg>\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL('web-app.svg', import.meta.url), draw());
