// Writes src/api/schema.d.ts from the published OpenAPI document; a test keeps both equal.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTypes, { astToString } from 'openapi-typescript';

const documentFile = new URL('../admin-api/openapi.json', import.meta.url);

export const typesFile = fileURLToPath(new URL('src/api/schema.d.ts', import.meta.url));

export async function apiTypes() {
  const nodes = await openapiTypes(JSON.parse(readFileSync(documentFile, 'utf8')));
  return `// Generated from apps/admin-api/openapi.json by \`npm run generate:console-types\`.\n${astToString(nodes)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(typesFile, await apiTypes());
