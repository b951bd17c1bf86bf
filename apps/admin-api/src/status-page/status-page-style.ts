/** Served as a file: the content security policy allows no inline style. */
export const statusPageStyle = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2430, #e6e9ef);
  --quiet: light-dark(#5b6472, #9aa4b2);
  --line: light-dark(#dfe3ea, #2c333f);
  --page: light-dark(#f6f7f9, #12161d);
  --card: light-dark(#ffffff, #1a2029);
  --accent: light-dark(#1f5fbf, #7fb0ff);
  --good: light-dark(#1d7a46, #5fd08f);
  --warn: light-dark(#9a5b00, #f0b45a);
  --bad: light-dark(#b3261e, #ff8a80);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 12px 24px; background: var(--card); border-bottom: 1px solid var(--line); }
header h1 { font-size: 18px; margin: 0; letter-spacing: -0.01em; }
header p { margin: 0; }
header nav { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; margin-left: auto; }
main { max-width: 1160px; margin: 0 auto; padding: 8px 24px 48px; }
h2 { font-size: 15px; margin: 28px 0 10px; }
.quiet { color: var(--quiet); font-size: 14px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 12px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; }
.card h3 { display: flex; align-items: center; gap: 8px; margin: 0 0 4px; font-size: 15px; }
.card p { margin: 4px 0 0; }
.card button { margin-top: 10px; }
.badge { border: 1px solid currentColor; border-radius: 999px; padding: 0 8px; font-size: 12px; font-weight: 500; color: var(--quiet); }
.badge[data-tone='good'] { color: var(--good); }
.badge[data-tone='warn'] { color: var(--warn); }
.badge[data-tone='bad'] { color: var(--bad); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 7px 14px; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--quiet); font-weight: 500; }
td.empty { color: var(--quiet); white-space: normal; }
tr.new td { animation: arrive 2.5s ease-out; }
@keyframes arrive { from { background: light-dark(#e3eefc, #20344f); } }
@media (prefers-reduced-motion: reduce) { tr.new td { animation: none; } }
a { color: var(--accent); }
button, a.button { font: inherit; font-size: 14px; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; cursor: pointer; text-decoration: none; }
button:hover, a.button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; }
.search { display: inline-block; margin-bottom: 10px; color: var(--quiet); font-size: 14px; }
`;
