// `npm run signin-link`: prints another sign-in link of the Rollcall that runs on this machine. Takes ADMIN_TOKEN, or the token that the
// standalone keeps in its data folder; HTTP_HOST, HTTP_PORT and ROLLCALL_DATA_DIR as for `npm start`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './prepare.mjs';

const { ADMIN_TOKEN, ROLLCALL_DATA_DIR = join(root, '.rollcall'), HTTP_HOST = '127.0.0.1', HTTP_PORT = '3000' } = process.env;
const address = `http://${HTTP_HOST === '0.0.0.0' ? '127.0.0.1' : HTTP_HOST}:${HTTP_PORT}`;

function keptToken() {
  const file = join(ROLLCALL_DATA_DIR, 'admin-token');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return fail(`There is no API token in ${file}; set ADMIN_TOKEN, or ROLLCALL_DATA_DIR to the data folder.`);
  }
}

const response = await fetch(`${address}/sign-in/codes`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ token: ADMIN_TOKEN ?? keptToken() }),
}).catch(() => fail(`Rollcall does not answer at ${address}; is it running?`));
const answer = await response.json();
if (!response.ok) fail(`${answer.detail} ${answer.remedy}`);
process.stdout.write(`Sign in (once, within 10 minutes): ${address}/sign-in?code=${answer.code}\n`);
