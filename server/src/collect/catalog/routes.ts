import {
  catalogFacetsSchema,
  catalogProductSchema,
  productChangePageSchema,
  productChangeQuerySchema,
  productPageSchema,
  productQuerySchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { findProduct, findProducts, pageChanges } from './findProducts.ts';
import { countProducts, listFacets } from './sql/products.pg.ts';

const tags = ['catalog'];
const params = z.object({ id: z.string().min(1).max(200) });

/** Products: list and search, one with its variants, what changed, and the facets to filter by. */
export function registerCatalogRoutes(app: HttpApp, deps: Pick<Deps, 'pg'>): void {
  app.get(
    '/api/v1/products',
    {
      config: { access: 'catalog.read' },
      schema: {
        summary: 'Products by id, or the closest to the words in `q`',
        tags,
        querystring: productQuerySchema,
        response: { 200: productPageSchema },
      },
    },
    (request) => {
      const { removed, ...search } = request.query;
      return findProducts(deps.pg, principalOf(request).workspaceId, { ...search, removed: removed === 'true' });
    },
  );

  app.get(
    '/api/v1/catalog/facets',
    {
      config: { access: 'catalog.read' },
      schema: {
        summary: 'Counts, brands and categories of the catalogue',
        tags,
        response: { 200: catalogFacetsSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      const [counts, facets] = await Promise.all([
        deps.pg.row(countProducts, { workspace }),
        deps.pg.rows(listFacets, { workspace }),
      ]);
      const namesOf = (kind: string) =>
        facets.filter(({ facet }) => facet === kind).map(({ name, products }) => ({ name, products }));
      return {
        products: counts?.products ?? 0,
        inStock: counts?.inStock ?? 0,
        outOfStock: counts?.outOfStock ?? 0,
        removed: counts?.removed ?? 0,
        lastUpdateAt: counts?.lastUpdateAt?.toISOString() ?? null,
        brands: namesOf('brand'),
        categories: namesOf('category'),
      };
    },
  );

  app.get(
    '/api/v1/products/:id',
    {
      config: { access: 'catalog.read' },
      schema: {
        summary: 'One product with its variants, prices and last changes',
        tags,
        params,
        response: { 200: catalogProductSchema },
      },
    },
    async (request) => {
      const product = await findProduct(deps.pg, principalOf(request).workspaceId, request.params.id);
      if (product === null)
        throw new Fault('not_found', 'collect.no_such_product', 'The catalogue has no product with this id.');
      return product;
    },
  );

  app.get(
    '/api/v1/products/:id/changes',
    {
      config: { access: 'catalog.read' },
      schema: {
        summary: 'Stock and price changes of a product, newest first',
        tags,
        params,
        querystring: productChangeQuerySchema,
        response: { 200: productChangePageSchema },
      },
    },
    (request) => pageChanges(deps.pg, principalOf(request).workspaceId, request.params.id, request.query),
  );
}
