// The words of findings about the command line of the controller for Flux.
import { error } from '../words.ts';

export const fluxControllerWords = {
  FLAG_VALUE_FORM: error((f: { flag: string; form: string; example: string }) => [
    `the value of ${f.flag} is not of the form ${f.form}`,
    f.example === '' ? 'correct it, or leave the flag out' : `write it as in ${f.flag} ${f.example}`,
  ]),
};
