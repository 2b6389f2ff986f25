// The course the tests take, read from its source: steps, and the right answers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import type { Language } from './words';

export interface Question {
  id: string;
  kind: 'single' | 'multiple' | 'true-false' | 'matching' | 'ordering' | 'short-text' | 'number' | 'gaps' | 'reflection';
  options: string[];
  key: string[] | boolean | Record<string, string>;
  gaps?: { id: string; key: string }[];
  accept?: Record<Language, string[]>;
  value?: string;
}

export interface SurveyQuestion {
  id: string;
  kind: 'scale' | 'choice' | 'text';
  required: boolean;
  options?: string[];
}

interface Module {
  id: string;
  lessons: string[];
  quiz: string;
}

const LIBRARY = join(import.meta.dirname, '../../courses/library');

function toml<T>(path: string, slug = 'trafficking-health'): T {
  return parse(readFileSync(join(LIBRARY, slug, path), 'utf8')) as T;
}

const source = toml<{ code: string; modules: Module[]; pre_test: string; post_test: string }>('course.toml');

/** Addresses of every lesson and card of the other courses of the library. */
export const otherTexts: string[] = ['lgbti-migration', 'consular-protection'].flatMap((slug) => {
  const { code, modules } = toml<{ code: string; modules: Module[] }>('course.toml', slug);
  const texts = (module: Module) => [...module.lessons.map((lesson) => `lessons/${lesson}`), `facilitation/${module.id}`];
  return modules.flatMap(texts).map((text) => `/courses/${code}/${text}`);
});

export const course = {
  code: source.code,
  url: `/courses/${source.code}`,
  modules: source.modules,
  lessons: source.modules.flatMap((module) => module.lessons),
  preTest: source.pre_test,
  postTest: source.post_test,
  survey: toml<{ questions: SurveyQuestion[] }>('survey.toml').questions,
};

/** The course that has every kind of question, in `tests/library`. */
export const EVERY_KIND = '/courses/ec-901';

export function title(language: Language): string {
  return toml<{ title: string }>(`${language}/course.toml`).title;
}

export function lessonUrl(lesson: string): string {
  return `${course.url}/lessons/${lesson}`;
}

export function quizUrl(quiz: string): string {
  return `${course.url}/quizzes/${quiz}`;
}

export function questions(quiz: string): Question[] {
  return toml<{ questions: Question[] }>(`quizzes/${quiz}.toml`).questions;
}

/** Name and value of every field for a full score. */
export function rightAnswers(quiz: string): [string, string][] {
  return questions(quiz).flatMap(fields);
}

/** Those of the quiz with every kind of question. */
export function everyKindAnswers(): [string, string][] {
  const source = readFileSync(join(import.meta.dirname, '../../tests/library/kinds/quizzes/kinds.toml'), 'utf8');
  return (parse(source) as unknown as { questions: Question[] }).questions.flatMap(fields);
}

function fields(question: Question): [string, string][] {
  const { id, key } = question;
  const name = fieldName(id);
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return (key as string[]).map((option) => [name, option]);
    case 'true-false':
      return [[name, String(key)]];
    case 'matching':
      return Object.entries(key as Record<string, string>).map(([prompt, option]) => [`${name}.${prompt}`, option]);
    case 'ordering':
      return question.options.map((step, at) => [`${name}.${step}`, String(at + 1)]);
    case 'gaps':
      return (question.gaps ?? []).map((gap) => [`${name}.${gap.id}`, gap.key]);
    case 'short-text':
      return [[name, question.accept?.es[0] ?? '']];
    case 'number':
      return [[name, question.value ?? '']];
    case 'reflection':
      return [];
  }
}

/** Name of the fields of a question. */
export function fieldName(question: string): string {
  return `a.${question}`;
}

/** An answer to every question of the survey that asks for one. */
export function surveyAnswers(): [string, string][] {
  const required = course.survey.filter((question) => question.required);
  return required.map(({ id, options }) => [id, options?.[0] ?? '4']);
}
