// Makes of npm packages what browsers load as one file, and carries over the stylesheets of XForms.
//
//     node tools/bundle.mjs
//
// Writes to node_modules/.district/, which is served like a package and as little kept as one.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const ENKETO = join(ROOT, 'district', 'kernel', 'forms', 'web', 'enketo');
const INTO = join(ROOT, 'node_modules', '.district', 'enketo');

const own = (name) => join(ENKETO, `${name}.js`);

/** mergexml parses broken XML to learn the namespace of errors; Chromium's error page has inline styles, which the policy reports. */
function withoutProbe(text) {
  const known = text.replace(/f = psr\.parseFromString\('<invalid'.*\n\s*nsd\.psr = f\.getElementsByTagName.*\n/, "if (navigator.userAgent.includes('Firefox')) nsd.psr = 'http://www.mozilla.org/newlayout/xml/parsererror.xml';\n");
  if (known === text) throw new Error('mergexml has changed: look at its probe for the namespace of errors again');
  return known;
}

await mkdir(INTO, { recursive: true });
await build({
  entryPoints: [own('entry')],
  outfile: join(INTO, 'enketo.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'linked',
  nodePaths: [join(ROOT, 'node_modules')],
  alias: {
    'enketo/config': own('config'),
    'enketo/widgets': own('widgets'),
    'enketo/translator': own('translator'),
    'enketo/dialog': own('dialog'),
    'enketo/file-manager': own('files'),
    'enketo/xpath-evaluator-binding': 'enketo-core/src/js/xpath-evaluator-binding.js',
  },
  // Only digest() asks for node-forge; what of it digest() needs is a tenth of the library. An alias would catch its parts.
  plugins: [
    { name: 'digests', setup: (bundle) => bundle.onResolve({ filter: /^node-forge$/ }, () => ({ path: own('digests') })) },
    { name: 'errors', setup: (bundle) => bundle.onLoad({ filter: /mergexml\.js$/ }, async ({ path }) => ({ contents: withoutProbe(await readFile(path, 'utf8')) })) },
  ],
});

for (const name of ['openrosa2html5form', 'openrosa2xmlmodel']) {
  const sheet = await import(join(ROOT, 'node_modules', 'enketo-transformer', 'dist', 'enketo-transformer', 'xsl', `${name}.xsl.js`));
  await writeFile(join(INTO, `${name}.xsl`), sheet.default);
}
