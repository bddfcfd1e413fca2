/** What the download of rejected rows puts in front of the file's own columns; ignored when it is imported again. */
export const rejectColumns = ['vitrail_row', 'vitrail_reason', 'vitrail_detail'] as const;
