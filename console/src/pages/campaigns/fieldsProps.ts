import type { FormValues } from './formValues.ts';

export interface FieldsProps {
  readonly values: FormValues;
  readonly onChange: (part: Partial<FormValues>) => void;
}
