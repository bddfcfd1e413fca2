/** What mails begin with, and where they lead. */
export const hello = 'Hello{% if customer.firstName %} {{ customer.firstName }}{% endif %},';
export const bonjour = 'Bonjour{% if customer.firstName %} {{ customer.firstName }}{% endif %},';
export const shop = '{{ brand.shopUrl }}';
