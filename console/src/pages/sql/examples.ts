/** Statements to begin with; each answers a question on any workspace. Their titles are `sql.example.<key>`. */
export const examples = [
  {
    key: 'months',
    text: `select toStartOfMonth(at) as month, count() as orders, uniqExact(person_id) as buyers,
  sum(net_revenue) as revenue
from orders
where is_sale
group by month
order by month desc
limit 24`,
  },
  {
    key: 'best',
    text: `select person_id, count() as orders, sum(net_revenue) as revenue, max(at) as last_order
from orders
where is_sale
group by person_id
order by revenue desc
limit 100`,
  },
  {
    key: 'together',
    text: `with bought as (
  select order_id, product_id from order_lines where at > now() - interval 1 year group by all
)
select a.product_id as product, b.product_id as with_product, count() as orders
from bought as a
join bought as b on a.order_id = b.order_id
where a.product_id < b.product_id
group by product, with_product
order by orders desc
limit 50`,
  },
  {
    key: 'hours',
    text: `select toDayOfWeek(at) as weekday, toHour(at) as hour, uniqExact(person_id) as people
from events
where type = 'page' and at > now() - interval 28 day
group by weekday, hour
order by weekday, hour`,
  },
  {
    key: 'cities',
    text: `select traits['city'] as city, count() as people, countIf(consents['email']) as may_be_mailed
from people
where city != ''
group by city
order by people desc
limit 50`,
  },
  {
    key: 'shelf',
    text: `select p.product_id as product, p.title as title, p.stock as stock, sum(l.quantity) as sold
from products as p
join order_lines as l on l.product_id = p.product_id
where p.on_sale and l.at > now() - interval 28 day
group by all
order by stock / sold
limit 50`,
  },
] as const;
