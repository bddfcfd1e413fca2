/** Pieces of MJML that the ready-made templates are built from. Colours, logo and addresses come from the brand kit. */

export type ReadyLanguage = 'en' | 'fr';

const words = {
  en: {
    why: 'You receive this mail because you asked {{ brand.senderName }} for news.',
    whyService: 'You receive this mail because of your account or an order with {{ brand.senderName }}.',
    preferences: 'Choose what you receive',
    unsubscribe: 'Unsubscribe',
    size: 'Size',
    quantity: 'Quantity',
    look: 'See it',
  },
  fr: {
    why: 'Vous recevez ce message parce que vous avez demandé des nouvelles de {{ brand.senderName }}.',
    whyService: 'Vous recevez ce message au sujet de votre compte ou d’une commande chez {{ brand.senderName }}.',
    preferences: 'Choisir ce que je reçois',
    unsubscribe: 'Me désabonner',
    size: 'Taille',
    quantity: 'Quantité',
    look: 'Voir l’article',
  },
} as const;

const head = `<mj-head>
    <mj-attributes>
      <mj-all font-family="{{ brand.font }}" />
      <mj-text color="{{ brand.text }}" font-size="16px" line-height="25px" padding="8px 24px" />
      <mj-button background-color="{{ brand.primary }}" color="{{ brand.onPrimary }}" border-radius="6px" font-size="16px" font-weight="bold" inner-padding="14px 28px" padding="12px 24px" />
      <mj-image padding="8px 24px" />
    </mj-attributes>
    <mj-style>
      a { color: {{ brand.text }}; }
      h1 { font-size: 26px; line-height: 33px; margin: 0; }
    </mj-style>
  </mj-head>`;

const header = `<mj-section padding="24px 0 8px">
      <mj-column>
        {% if brand.logoUrl != '' %}
        <mj-image src="{{ brand.logoUrl }}" href="{{ brand.shopUrl }}" alt="{{ brand.senderName }}" width="140px" />
        {% else %}
        <mj-text align="center" font-size="20px" font-weight="bold">{{ brand.senderName }}</mj-text>
        {% endif %}
      </mj-column>
    </mj-section>`;

const footer = (language: ReadyLanguage, marketing: boolean): string => {
  const { why, whyService, preferences, unsubscribe } = words[language];
  const links = marketing
    ? `<a href="{{ preferences_url }}" style="color:{{ brand.muted }}">${preferences}</a> · <a href="{{ unsubscribe_url }}" style="color:{{ brand.muted }}">${unsubscribe}</a>`
    : `<a href="{{ preferences_url }}" style="color:{{ brand.muted }}">${preferences}</a>`;
  return `<mj-section padding="16px 0 32px">
      <mj-column>
        <mj-text align="center" color="{{ brand.muted }}" font-size="13px" line-height="20px">
          ${marketing ? why : whyService}<br />
          ${links}<br />
          {{ brand.footer }} {{ brand.postalAddress }}
        </mj-text>
      </mj-column>
    </mj-section>`;
};

/** A whole mail around its blocks. */
export const mail = (language: ReadyLanguage, blocks: readonly string[], marketing = true): string => `<mjml>
  ${head}
  <mj-body background-color="{{ brand.background }}">
    ${header}
    ${blocks.join('\n    ')}
    ${footer(language, marketing)}
  </mj-body>
</mjml>
`;

const section = (content: string): string =>
  `<mj-section background-color="{{ brand.surface }}" padding="8px 0"><mj-column>${content}</mj-column></mj-section>`;

/** A heading and paragraphs; Liquid may stand in them. */
export const said = (heading: string, ...paragraphs: readonly string[]): string =>
  section(
    `\n      <mj-text padding="20px 24px 4px"><h1>${heading}</h1></mj-text>${paragraphs
      .map((paragraph) => `\n      <mj-text>${paragraph}</mj-text>`)
      .join('')}\n    `,
  );

export const button = (label: string, url: string): string =>
  section(`\n      <mj-button href="${url}">${label}</mj-button>\n    `);

/** Products one below the other, with what of them was chosen. */
export const productRows = (
  language: ReadyLanguage,
  list: string,
  most = 6,
): string => `{% for product in ${list} limit: ${most} %}
    <mj-section background-color="{{ brand.surface }}" padding="4px 0">
      <mj-column width="35%">
        {% if product.image %}<mj-image src="{{ product.image }}" href="{{ product.url | default: brand.shopUrl }}" alt="{{ product.title }}" />{% endif %}
      </mj-column>
      <mj-column width="65%" vertical-align="middle">
        <mj-text padding="4px 24px"><strong>{{ product.title }}</strong></mj-text>
        <mj-text padding="4px 24px" color="{{ brand.muted }}">{% if product.size %}${words[language].size} {{ product.size }} · {% endif %}{% if product.quantity > 1 %}${words[language].quantity} {{ product.quantity }} · {% endif %}{% if product.old_price %}<s>{{ product.old_price | money: product.currency }}</s> {% endif %}{{ product.price | money: product.currency }}</mj-text>
      </mj-column>
    </mj-section>
    {% endfor %}`;

/** Three products side by side, below each other on a phone. Nothing at all where there are none. */
export const productCards = (
  language: ReadyLanguage,
  list: string,
  heading: string,
): string => `{% if ${list}.size > 0 %}
    ${section(`<mj-text padding="16px 24px 0" font-weight="bold" font-size="18px">${heading}</mj-text>`)}
    <mj-section background-color="{{ brand.surface }}" padding="0 8px 16px">
      {% for product in ${list} limit: 3 %}
      <mj-column width="33.33%">
        {% if product.image %}<mj-image src="{{ product.image }}" href="{{ product.url | default: brand.shopUrl }}" alt="{{ product.title }}" padding="8px" />{% endif %}
        <mj-text padding="2px 8px" font-size="14px" line-height="20px"><a href="{{ product.url | default: brand.shopUrl }}" style="color:{{ brand.text }};text-decoration:none" title="${words[language].look}">{{ product.title }}</a></mj-text>
        <mj-text padding="2px 8px 12px" font-size="14px" font-weight="bold">{{ product.price | money: product.currency }}</mj-text>
      </mj-column>
      {% endfor %}
    </mj-section>
    {% endif %}`;

/** A code of the person, when the message brings one along. */
export const couponBox = (label: string): string => `{% if coupon.code %}
    ${section(`<mj-text align="center" padding="12px 24px 0">${label}</mj-text>
      <mj-text align="center" font-size="24px" font-weight="bold" letter-spacing="2px">{{ coupon.code }}</mj-text>`)}
    {% endif %}`;
