/** The cluster as its own configuration names it, and the database our tables are in. */
export interface ChCluster {
  readonly name: string;
  readonly database: string;
}

export const clusterHistory = (statement: string, _cluster: ChCluster): string => statement;
export const clusterStatements = (statement: string, _cluster: ChCluster): string[] => [statement];
