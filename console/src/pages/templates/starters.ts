import { type Channel, type TemplateContent, templateKindOf } from '@vitrail/contracts';

/** A mail with a heading, a paragraph, a button and a way out, to begin with. */
const starterMail = (words: Record<'heading' | 'body' | 'button' | 'leave' | 'preferences', string>): string => `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="{{ brand.font }}" />
      <mj-text color="{{ brand.text }}" font-size="16px" line-height="25px" />
      <mj-button background-color="{{ brand.primary }}" color="{{ brand.onPrimary }}" border-radius="6px" font-size="16px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="{{ brand.background }}">
    <mj-section background-color="{{ brand.surface }}">
      <mj-column>
        <mj-text font-size="26px" line-height="33px" font-weight="bold">${words.heading}</mj-text>
        <mj-text>${words.body}</mj-text>
        <mj-button href="{{ brand.shopUrl }}">${words.button}</mj-button>
      </mj-column>
    </mj-section>
    <mj-section>
      <mj-column>
        <mj-text align="center" color="{{ brand.muted }}" font-size="13px" line-height="20px">
          <a href="{{ preferences_url }}" style="color:{{ brand.muted }}">${words.preferences}</a> ·
          <a href="{{ unsubscribe_url }}" style="color:{{ brand.muted }}">${words.leave}</a><br />
          {{ brand.footer }} {{ brand.postalAddress }}
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

export interface StarterWords {
  readonly subject: string;
  readonly heading: string;
  readonly body: string;
  readonly button: string;
  readonly leave: string;
  readonly preferences: string;
}

/** Something to begin with, for each way of writing. */
export function starterContent(channel: Channel, language: string, words: StarterWords): TemplateContent {
  const base = { fallbackLanguage: language };
  switch (templateKindOf[channel]) {
    case 'email':
      return {
        ...base,
        kind: 'email',
        languages: { [language]: { subject: words.subject, preheader: '', mjml: starterMail(words) } },
      };
    case 'text':
      return { ...base, kind: 'text', languages: { [language]: { body: words.body } } };
    case 'push':
      return { ...base, kind: 'push', languages: { [language]: { title: words.heading, body: words.body } } };
    case 'whatsapp':
      return { ...base, kind: 'whatsapp', languages: { [language]: { template: 'hello', parameters: [] } } };
    case 'json':
      return {
        ...base,
        kind: 'json',
        languages: { [language]: { body: { customer: '{{ customer.id }}', event: '{{ event.name }}' } } },
      };
  }
}

/** What can be put into a mail at the cursor, by what it is called. */
export const snippets = {
  firstName: '{{ customer.firstName | default: "" }}',
  coupon: '{{ coupon.code }}',
  points: '{{ points.balance | number }}',
  unsubscribe: '<a href="{{ unsubscribe_url }}">…</a>',
  preferences: '<a href="{{ preferences_url }}">…</a>',
  condition: '{% if customer.city == "Lyon" %}…{% endif %}',
  products: `{% for product in products limit: 6 %}
<mj-section background-color="{{ brand.surface }}">
  <mj-column width="35%">
    <mj-image src="{{ product.image }}" href="{{ product.url }}" alt="{{ product.title }}" />
  </mj-column>
  <mj-column width="65%" vertical-align="middle">
    <mj-text><strong>{{ product.title }}</strong></mj-text>
    <mj-text>{{ product.price | money: product.currency }}</mj-text>
  </mj-column>
</mj-section>
{% endfor %}`,
  recommended: `{% if recommended.size > 0 %}
<mj-section background-color="{{ brand.surface }}">
  {% for product in recommended limit: 3 %}
  <mj-column width="33.33%">
    <mj-image src="{{ product.image }}" href="{{ product.url }}" alt="{{ product.title }}" padding="8px" />
    <mj-text font-size="14px" padding="2px 8px">{{ product.title }}</mj-text>
    <mj-text font-size="14px" font-weight="bold" padding="2px 8px">{{ product.price | money: product.currency }}</mj-text>
  </mj-column>
  {% endfor %}
</mj-section>
{% endif %}`,
  viewed: `{% for product in recently_viewed limit: 3 %}
<mj-section background-color="{{ brand.surface }}">
  <mj-column>
    <mj-text><a href="{{ product.url }}">{{ product.title }}</a></mj-text>
  </mj-column>
</mj-section>
{% endfor %}`,
  countdown: `<mj-section background-color="{{ brand.surface }}">
  <mj-column>
    <mj-image src="{{ '2027-01-31T22:59:00Z' | countdown }}" alt="{{ '2027-01-31T22:59:00Z' | day: 'datetime' }}" width="480px" />
  </mj-column>
</mj-section>`,
} as const;
export type Snippet = keyof typeof snippets;

/** Those that are only words, which stand anywhere; the others are blocks of a mail. */
export const inlineSnippets: readonly Snippet[] = [
  'firstName',
  'coupon',
  'points',
  'condition',
  'unsubscribe',
  'preferences',
];
export const blockSnippets: readonly Snippet[] = ['products', 'recommended', 'viewed', 'countdown'];
