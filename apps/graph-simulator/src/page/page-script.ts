import { directoryScript } from './directory-script.js';
import { trafficScript } from './traffic-script.js';

/** The parts that every panel needs: calling the control API, building elements, telling what happened. */
const base = `
'use strict';
const $ = (id) => document.getElementById(id);
let groups = [];
let chosen = null;

async function api(method, path, body) {
  const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch('/control' + path, init);
  const text = await response.text();
  const answer = text === '' ? null : JSON.parse(text);
  if (!response.ok) throw new Error(answer?.error?.message ?? response.statusText);
  return answer;
}

function tell(text, isError) {
  $('message').textContent = text;
  $('message').className = isError ? 'error' : '';
}

async function act(what, work) {
  try {
    await work();
    tell(what, false);
    await refresh();
  } catch (error) {
    tell(error.message, true);
  }
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') made.addEventListener('click', value);
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function button(text, onclick, kind) {
  return element('button', { type: 'button', class: kind ?? '', onclick }, text);
}

function row(cells, actions) {
  return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)), element('td', { class: 'act' }, ...actions));
}

function onSubmit(id, work) {
  $(id).addEventListener('submit', (event) => {
    event.preventDefault();
    work(Object.fromEntries(new FormData(event.target)), event.target);
  });
}

function tab() {
  return document.querySelector('[data-tab][aria-pressed=true]').dataset.tab;
}

for (const each of document.querySelectorAll('[data-tab]')) {
  each.addEventListener('click', () => {
    for (const other of document.querySelectorAll('[data-tab]')) other.setAttribute('aria-pressed', String(other === each));
    for (const panel of document.querySelectorAll('[data-panel]')) panel.hidden = panel.dataset.panel !== each.dataset.tab;
    refresh();
  });
}

async function refresh() {
  $('clock').textContent = new Date((await api('GET', '/clock')).now).toLocaleString();
  if (tab() === 'directory') await showDirectory();
  if (tab() === 'traffic') await showTraffic();
  if (tab() === 'faults') await showFaults();
}
`;

const start = `
const asked = new URLSearchParams(location.search);
chosen = asked.get('group');
refresh().then(() => {
  if (asked.get('action') === 'add-person') openPersonForm();
  if (asked.get('action') === 'newcomers') $('group-actions').querySelector('[data-action=newcomers]')?.focus();
}).catch((error) => tell(error.message, true));
setInterval(() => { if (tab() === 'traffic') refresh().catch((error) => tell(error.message, true)); }, 2000);
`;

/** The script of the page, without a framework; it writes text only through \`textContent\` and \`append\`. */
export const pageScript = base + directoryScript + trafficScript + start;
