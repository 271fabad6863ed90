// Bundles an entry file into one CommonJS file: an ES module bundle dies on the `require` inside `yaml`.
import { readFile } from 'node:fs/promises';
import { build, type Metafile, type Plugin } from 'esbuild';

// Modules of Node that are given to the bundle in another shape.
const replacements: Readonly<Record<string, string>> = {
  // Loaded with the bundle it takes 4 % of a start; only TLS and long names need it.
  'node:crypto': "module.exports = { get hash() { return require('crypto').hash; } };",
  // yaml asks process.env.LOG_TOKENS at every token, which takes a quarter of its time, and would print on standard output.
  process: 'module.exports = { env: {} };',
};

const replaceModules: Plugin = {
  name: 'replace-modules',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(replacements).join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'replaced' }));
    onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path }) => ({ contents: replacements[path] ?? '' }));
  },
};

/**
 * Writes `entry` with all that it imports to `outfile`; paths are relative to `root`. Names stay as they are, for they make
 * a stack readable and cost nothing once the code cache is there. `keepsModules`: Node's modules are those of Node.
 */
export async function bundle(
  root: string,
  entry: string,
  outfile: string,
  options: { readonly banner?: string; readonly keepsModules?: boolean } = {},
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // `import()` becomes a `require` at its place: a script that the launcher runs cannot import.
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    minifyWhitespace: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: options.keepsModules === true ? [] : [replaceModules],
    ...(options.banner === undefined ? {} : { banner: { js: options.banner } }),
  });
  return metafile;
}

/** The launcher reads a file as Latin-1: a character beyond ASCII, as esbuild leaves them in regular expressions, would change. */
export async function checkASCII(file: string): Promise<void> {
  const index = (await readFile(file)).findIndex((byte) => byte > 0x7f);
  if (index !== -1) throw new Error(`${file} is not ASCII at byte ${index}: write the character as an escape`);
}
