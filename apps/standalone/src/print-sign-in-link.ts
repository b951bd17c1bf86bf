import { signInLink } from './sign-in-link.js';

try {
  process.stdout.write(`Sign in (once, within 10 minutes): ${await signInLink(process.env, new Date())}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}\n`);
  process.exitCode = 1;
}
