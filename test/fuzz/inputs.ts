// The inputs of the fuzzer: every manifest of the project with a canary put into it, made odd, as text or with spoilt bytes.
import fc from 'fast-check';
import { oddManifest, ownFolders, readCorpus } from '../support/odd-manifests.ts';
import { canary } from './judge.ts';

/** Puts the canary where secrets stand: beside each image, and among the annotations. */
export function plantCanary(text: string): string {
  const lines = text.split(/(?<=\n)/);
  const planted = lines.flatMap((line, index) => {
    const [, lead = '', dash = ''] = /^( *)(- )?image: /.exec(line) ?? [];
    if (!/^ *(- )?image: .*\n/.test(line))
      return /^metadata:\n/.test(line) ? [line, `  annotations: {fuzz.example/secret: ${canary}}\n`] : [line];
    const indent = ' '.repeat(lead.length + dash.length);
    const hasOwn = lines
      .slice(Math.max(0, index - 8), index + 12)
      .some((other) => new RegExp(`^${indent}env:`).test(other));
    return hasOwn ? [line] : [line, `${indent}env: [{name: FUZZ, value: ${canary}}]\n`];
  });
  return planted.join('').replaceAll(/^( *(?:- )?value: ).+/gm, `$1${canary}`);
}

const longest = 20_000;

/** Inputs as bytes: mostly whole texts, now and then with a byte that is another. */
export function fuzzInput(): fc.Arbitrary<Uint8Array> {
  const corpus = readCorpus(ownFolders)
    .filter(({ text }) => text.length < longest)
    .flatMap((one) => [one, { ...one, text: plantCanary(one.text) }]);
  const spoilt = fc.tuple(oddManifest(corpus), fc.nat(), fc.nat({ max: 255 })).map(([text, place, byte]) => {
    const bytes = Buffer.from(text);
    if (bytes.length > 0) bytes[place % bytes.length] = byte;
    return bytes;
  });
  const whole = oddManifest(corpus).map((text) => Buffer.from(text));
  return fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: spoilt });
}
