import access from './access.json' with { type: 'json' };
import ads from './ads.json' with { type: 'json' };
import analytics from './analytics.json' with { type: 'json' };
import campaigns from './campaigns.json' with { type: 'json' };
import channels from './channels.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import consent from './consent.json' with { type: 'json' };
import customers from './customers.json' with { type: 'json' };
import data from './data.json' with { type: 'json' };
import decision from './decision.json' with { type: 'json' };
import experiences from './experiences.json' with { type: 'json' };
import experiments from './experiments.json' with { type: 'json' };
import flags from './flags.json' with { type: 'json' };
import forecast from './forecast.json' with { type: 'json' };
import home from './home.json' with { type: 'json' };
import imports from './imports.json' with { type: 'json' };
import journeys from './journeys.json' with { type: 'json' };
import links from './links.json' with { type: 'json' };
import lookalikes from './lookalikes.json' with { type: 'json' };
import matching from './matching.json' with { type: 'json' };
import messages from './messages.json' with { type: 'json' };
import offers from './offers.json' with { type: 'json' };
import outside from './outside.json' with { type: 'json' };
import pageEditor from './pageEditor.json' with { type: 'json' };
import personas from './personas.json' with { type: 'json' };
import predictions from './predictions.json' with { type: 'json' };
import products from './products.json' with { type: 'json' };
import recommendations from './recommendations.json' with { type: 'json' };
import scores from './scores.json' with { type: 'json' };
import segments from './segments.json' with { type: 'json' };
import sendingRules from './sendingRules.json' with { type: 'json' };
import settings from './settings.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import sql from './sql.json' with { type: 'json' };
import templates from './templates.json' with { type: 'json' };

/** Every word of the console in English; its keys are the type of all keys. */
export const catalogue = {
  ...access,
  ...ads,
  ...analytics,
  ...campaigns,
  ...channels,
  ...common,
  ...consent,
  ...customers,
  ...data,
  ...decision,
  ...experiences,
  ...experiments,
  ...flags,
  ...forecast,
  ...home,
  ...imports,
  ...journeys,
  ...links,
  ...lookalikes,
  ...matching,
  ...messages,
  ...offers,
  ...outside,
  ...pageEditor,
  ...personas,
  ...predictions,
  ...products,
  ...recommendations,
  ...scores,
  ...segments,
  ...sendingRules,
  ...settings,
  ...shell,
  ...sql,
  ...templates,
};
