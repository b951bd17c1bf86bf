export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#d9dde3, #3a3f47); --quiet: light-dark(#5a6472, #a3acb8); --accent: light-dark(#0b5cad, #6cb2f5);
  --ground: light-dark(#f6f7f9, #16181c); --sheet: light-dark(#ffffff, #1e2126); --warn: light-dark(#a4262c, #ff9a9e); }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; background: var(--ground); }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 20px; padding: 12px 20px; background: var(--sheet); border-bottom: 1px solid var(--line); }
h1 { font-size: 17px; margin: 0; }
h2 { font-size: 14px; margin: 0 0 8px; }
header p { margin: 0; color: var(--quiet); }
nav { margin-left: auto; display: flex; gap: 4px; }
main { display: flex; flex-wrap: wrap; gap: 16px; padding: 16px 20px; align-items: flex-start; }
main[hidden] { display: none; }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; flex: 1 1 420px; min-width: 0; overflow-x: auto; }
section.groups { flex: 0 1 270px; }
ul { list-style: none; margin: 0 0 12px; padding: 0; }
li button { display: flex; width: 100%; justify-content: space-between; gap: 8px; border: 0; background: none; text-align: left; padding: 5px 8px; border-radius: 4px; }
li button[aria-current="true"] { background: color-mix(in srgb, var(--accent) 14%, transparent); font-weight: 600; }
li .count { color: var(--quiet); font-variant-numeric: tabular-nums; }
.gone { text-decoration: line-through; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 12px; }
th, td { padding: 4px 8px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.act { white-space: nowrap; text-align: right; padding-right: 0; }
button { font: inherit; padding: 3px 10px; border: 1px solid var(--line); border-radius: 4px; background: var(--sheet); color: inherit; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
nav button[aria-pressed="true"] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
button.danger { color: var(--warn); }
td button { padding: 1px 8px; font-size: 12px; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin: 0 0 12px; }
form[hidden] { display: none; }
label { display: grid; gap: 2px; font-size: 12px; color: var(--quiet); }
input, select { font: inherit; padding: 3px 6px; border: 1px solid var(--line); border-radius: 4px; background: var(--sheet); color: inherit; min-width: 120px; max-width: 100%; }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px; margin-bottom: 8px; }
#group-actions { display: flex; flex-wrap: wrap; gap: 4px; }
#message { margin: 0; padding: 0 20px; min-height: 0; }
#message:not(:empty) { padding: 8px 20px; border-bottom: 1px solid var(--line); background: var(--sheet); }
#message.error { color: var(--warn); }
code { font-size: 12px; overflow-wrap: anywhere; }
`;
