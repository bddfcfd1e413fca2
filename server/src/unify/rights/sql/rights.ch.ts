import { chQuery } from '../../../platform/index.ts';

// Lightweight deletes: no reader sees the rows from here on; the nightly merge rewrites the parts without them.

export const deleteOrders = chQuery({
  name: 'unify.deleteOrders',
  params: { workspace: 'UInt32', orders: 'Array(String)', profiles: 'Array(UInt64)' },
  row: {},
  text: `
    delete from orders where workspace_id = {workspace:UInt32}
      and (order_id in {orders:Array(String)} or profile_id in {profiles:Array(UInt64)})`,
});

export const deleteOrderLines = chQuery({
  name: 'unify.deleteOrderLines',
  params: { workspace: 'UInt32', orders: 'Array(String)', profiles: 'Array(UInt64)' },
  row: {},
  text: `
    delete from order_lines where workspace_id = {workspace:UInt32}
      and (order_id in {orders:Array(String)} or profile_id in {profiles:Array(UInt64)})`,
});

export const deleteCustomers = chQuery({
  name: 'unify.deleteCustomers',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from customers where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

export const deleteCustomerOrders = chQuery({
  name: 'unify.deleteCustomerOrders',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `
    delete from customer_orders where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

export const deleteCustomerOrderLines = chQuery({
  name: 'unify.deleteCustomerOrderLines',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `
    delete from customer_order_lines
    where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

export const deleteProfileRoots = chQuery({
  name: 'unify.deleteProfileRoots',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from profile_root where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
