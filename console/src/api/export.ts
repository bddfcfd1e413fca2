import type { ExportName } from '@vitrail/contracts';
import type { Api, Query } from './client.ts';

/** Reads a whole export, saying how much has come; the browser keeps large ones on disk. */
export async function downloadExport(
  api: Api,
  name: ExportName,
  query: Query,
  settings: { signal: AbortSignal; onProgress(bytes: number): void },
): Promise<Blob> {
  const answer = await api.open(`/api/v1/export/${name}`, { query, signal: settings.signal });
  if (answer.body === null) return answer.blob();
  let received = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength;
        settings.onProgress(received);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { headers: answer.headers }).blob();
}
