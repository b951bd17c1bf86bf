// `npm start`: whatever is missing is installed and built, then the whole product runs in this process. With the name of an app
// (`npm run start:provisioning`) it is that app alone, configured by environment.
import { build, fail, installDependencies, requireNode } from './prepare.mjs';

const apps = ['standalone', 'subscription', 'provisioning', 'full-sync', 'notification', 'admin-api', 'graph-simulator'];
const app = process.argv[2] ?? 'standalone';

if (!apps.includes(app)) fail(`There is no app ${app}; the apps are ${apps.join(', ')}.`);
requireNode();
installDependencies();
build();
await import(`../dist/apps/${app}/src/main.js`);
