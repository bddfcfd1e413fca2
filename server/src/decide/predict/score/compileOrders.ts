/**
 * `person, x, tx, age, valued, mean, value, spent` of everyone in `days`, a query of `person, day (days since 1970), money,
 * known, ordered`: one row per person and day with anything. Days on which as much was given back as was bought are no
 * orders, but their money counts in `spent`. `today` is an expression.
 */
export const compileSummary = (days: string, today: string): string => `
  select person,
    toFloat64(countIf(ordered) - 1) as x,
    toFloat64(maxIf(day, ordered) - minIf(day, ordered)) as tx,
    toFloat64(${today} - minIf(day, ordered)) as age,
    toFloat64(countIf(ordered and known) - argMinIf(toUInt8(known), day, ordered)) as valued,
    if(valued = 0, 0., (sumIf(money, ordered and known) - argMinIf(if(known, money, 0.), day, ordered)) / valued) as mean,
    if(countIf(ordered and known) = 0, 0., sumIf(money, ordered and known) / countIf(ordered and known)) as value,
    sum(money) as spent
  from (${days})
  group by person
  having countIf(ordered) > 0`;

/** `person, day, value` of days with an order, as `OrderDaysReader` wants them. */
export const compileOrderDays = (days: string): string => `
  select toString(person) as person, toInt32(day) as day, if(known, money, null) as value
  from (${days}) where ordered order by person, day`;
