// The course the tests take, read from its source: steps, and the right answers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import type { Language } from './words';

export interface Question {
  id: string;
  kind: 'single' | 'multiple';
  options: string[];
  key: string[];
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

const FOLDER = join(import.meta.dirname, '../../courses/library/trafficking-health');

function toml<T>(path: string): T {
  return parse(readFileSync(join(FOLDER, path), 'utf8')) as T;
}

const source = toml<{ code: string; modules: Module[]; pre_test: string; post_test: string }>('course.toml');

export const course = {
  code: source.code,
  url: `/courses/${source.code}`,
  modules: source.modules,
  lessons: source.modules.flatMap((module) => module.lessons),
  preTest: source.pre_test,
  postTest: source.post_test,
  survey: toml<{ questions: SurveyQuestion[] }>('survey.toml').questions,
};

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

/** Name and value of everything to tick for a full score. */
export function rightAnswers(quiz: string): [string, string][] {
  return questions(quiz).flatMap(({ id, key }) => key.map((option): [string, string] => [fieldName(id), option]));
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
