import type {
  Household,
  HouseholdListItem,
  MatchLink,
  MatchRun,
  MatchSide,
  Review,
  ReviewDetail,
} from '@vitrail/contracts';
import { maskEvent, masked, maskSummary } from '../profiles/maskCustomer.ts';

/** A side for those who may not see personal data. A company's number of ours stays; its name may be a person's. */
const maskSide = (side: MatchSide): MatchSide => {
  const profile = side.profile === null ? null : maskSummary(side.profile);
  return {
    ...side,
    name: profile?.name ?? (side.name === null ? null : masked),
    detail: side.detail && masked,
    profile,
  };
};

const maskLink = <T extends MatchLink>(link: T): T => ({
  ...link,
  left: link.left && maskSide(link.left),
  right: link.right && maskSide(link.right),
});

export const maskRun = (run: MatchRun): MatchRun => ({
  ...run,
  report: run.report && {
    ...run.report,
    samples: run.report.samples.map(({ band, links }) => ({ band, links: links.map(maskLink) })),
  },
});

export const maskRunLinks = <L extends MatchLink, T extends { items: L[] }>(page: T): T => ({
  ...page,
  items: page.items.map(maskLink),
});

export const maskReview = <T extends Review>(review: T): T => ({
  ...review,
  left: maskSide(review.left),
  right: maskSide(review.right),
  votes: review.votes.map((vote) => ({ ...vote, note: vote.note && masked })),
});

/** What differs stays, the values go; the explanation names values and is left out before. */
export const maskReviewDetail = (review: ReviewDetail): ReviewDetail => ({
  ...maskReview(review),
  fields: review.fields.map((field) => ({ ...field, left: field.left && masked, right: field.right && masked })),
  explanation: null,
  events: { left: review.events.left.map(maskEvent), right: review.events.right.map(maskEvent) },
  discussion: review.discussion.map((remark) => ({ ...remark, text: masked })),
});

const maskAddress = (address: Household['address']): Household['address'] =>
  address && { street: masked, postalCode: masked, city: masked, country: address.country };

export const maskHousehold = (household: Household): Household => ({
  ...household,
  members: household.members.map((member) => ({ ...member, profile: maskSummary(member.profile) })),
  address: maskAddress(household.address),
  phone: household.phone && masked,
});

export const maskHouseholdItem = (item: HouseholdListItem): HouseholdListItem => ({
  ...item,
  members: item.members.map((member) => ({ ...member, profile: maskSummary(member.profile) })),
  address: maskAddress(item.address),
});
