import { companySubject } from './companies/companySubject.ts';
import { peopleSubject } from './people/peopleSubject.ts';
import type { MatchSubject } from './subject.ts';

export const subjectOf = (kind: string): MatchSubject => (kind === 'company' ? companySubject : peopleSubject);
