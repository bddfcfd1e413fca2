import type { ExperienceContent } from '@vitrail/contracts';
import { createContext, useContext } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import type { Draft, Problems } from './draft.ts';

export interface ExperienceForm {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly problems: Problems;
  readonly disabled: boolean;
}

const FormContext = createContext<ExperienceForm | null>(null);
export const ExperienceFormProvider = FormContext.Provider;

/** What is typed, and what a field has to say about it. */
export function useExperienceForm() {
  const form = useContext(FormContext);
  const { t } = useTranslation();
  if (form === null) throw new Error('useExperienceForm is used outside the form.');
  const errorAt = (path: string): string | undefined => {
    const problem = form.problems.get(path);
    return problem === undefined ? undefined : t(`experiences.problem.${problem}`);
  };
  return { ...form, errorAt };
}

export interface ContentProps<Content extends ExperienceContent> {
  readonly content: Content;
  readonly onChange: (content: Content) => void;
  /** What is wrong with a field of this content, in words. */
  readonly errorAt: (path: string) => string | undefined;
  readonly disabled: boolean;
}
