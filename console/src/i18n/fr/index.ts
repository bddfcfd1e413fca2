import type { catalogue as english } from '../en/index.ts';
import access from './access.json' with { type: 'json' };
import analytics from './analytics.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import customers from './customers.json' with { type: 'json' };
import data from './data.json' with { type: 'json' };
import forecast from './forecast.json' with { type: 'json' };
import home from './home.json' with { type: 'json' };
import imports from './imports.json' with { type: 'json' };
import lookalikes from './lookalikes.json' with { type: 'json' };
import matching from './matching.json' with { type: 'json' };
import personas from './personas.json' with { type: 'json' };
import predictions from './predictions.json' with { type: 'json' };
import products from './products.json' with { type: 'json' };
import recommendations from './recommendations.json' with { type: 'json' };
import scores from './scores.json' with { type: 'json' };
import segments from './segments.json' with { type: 'json' };
import settings from './settings.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import sql from './sql.json' with { type: 'json' };

/** The same words, written in French. */
export const catalogue: typeof english = {
  ...access,
  ...analytics,
  ...common,
  ...customers,
  ...data,
  ...forecast,
  ...home,
  ...imports,
  ...lookalikes,
  ...matching,
  ...personas,
  ...predictions,
  ...products,
  ...recommendations,
  ...scores,
  ...segments,
  ...settings,
  ...shell,
  ...sql,
};
