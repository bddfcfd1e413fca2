import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const answer = z.object({ seconds: z.number(), pairs: z.number(), version: z.string() });

/** Splink on DuckDB with comparisons and rules like ours; nothing of it is part of this repository. */
const script = `
import json, sys, time, duckdb, splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
start = time.time()
df = duckdb.sql(f"select * replace (lower(first_name) as first_name, lower(last_name) as last_name) from read_csv('{sys.argv[1]}', all_varchar=true)").df()
df = df.rename(columns={'record_id': 'unique_id'}).drop(columns=['person_id'])
settings = SettingsCreator(link_type='dedupe_only',
  blocking_rules_to_generate_predictions=[block_on('email'), block_on('phone'), block_on('first_name', 'last_name', 'postal_code'),
    block_on('last_name', 'birth_date'), block_on('first_name', 'birth_date'), block_on('street', 'postal_code'), block_on('birth_date', 'postal_code')],
  comparisons=[cl.JaroWinklerAtThresholds('first_name', [0.92, 0.8]), cl.JaroWinklerAtThresholds('last_name', [0.92, 0.8]),
    cl.DamerauLevenshteinAtThresholds('birth_date', [1]), cl.JaroWinklerAtThresholds('email', [0.95, 0.88]),
    cl.DamerauLevenshteinAtThresholds('phone', [1]), cl.JaroWinklerAtThresholds('street', [0.92])])
api = DuckDBAPI()
try:
  linker = Linker(df, settings, db_api=api)
except TypeError:
  linker = Linker(api.register(df), settings)
linker.training.estimate_probability_two_random_records_match([block_on('email', 'last_name')], recall=0.6)
linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on('email'))
linker.training.estimate_parameters_using_expectation_maximisation(block_on('first_name', 'last_name', 'postal_code'))
predictions = linker.inference.predict(threshold_match_probability=0.0001)
linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_probability=0.96)
pairs = len(predictions.as_duckdbpyrelation())
print(json.dumps({'seconds': time.time() - start, 'pairs': pairs, 'version': splink.__version__}))
`;

/** Runs it in the Python given, which has splink installed. */
export async function runSplink(python: string, file: string): Promise<z.infer<typeof answer>> {
  const child = spawn(python, ['-c', script, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, log] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    log = (log + part).slice(-2_000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`Splink ended with ${String(code)}: ${log}`);
  return answer.parse(JSON.parse(text.trim().split('\n').at(-1) ?? ''));
}
