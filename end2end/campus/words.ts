// The interface's texts, read from where the program takes them, so that a better wording breaks no test.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'es' | 'en';

const FOLDER = join(import.meta.dirname, '../../app/texts');
const VARIABLE = /\{\s*\$(\w+)\s*\}/g;

/** The texts of one language. Messages of one line only: what depends on a number is not looked for by its words. */
export class Words {
  private readonly texts = new Map<string, string>();

  constructor(readonly language: Language) {
    for (const file of readdirSync(join(FOLDER, language))) {
      for (const [, key, text] of readFileSync(join(FOLDER, language, file), 'utf8').matchAll(/^([a-z][\w-]*) = (.+)$/gm)) {
        this.texts.set(key, text.trim());
      }
    }
  }

  /** The text of `key`, with its variables filled in. */
  text(key: string, variables: Record<string, string | number> = {}): string {
    const text = this.texts.get(key);
    if (text === undefined) throw new Error(`no text ${key} in ${this.language}`);
    return text.replace(VARIABLE, (_, name: string) => String(variables[name]));
  }

  /** The text of `key` whatever its variables are. */
  like(key: string): RegExp {
    const escaped = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(this.text(key, {}).split('undefined').map(escaped).join('.+'));
  }
}

export const words: Record<Language, Words> = { es: new Words('es'), en: new Words('en') };
