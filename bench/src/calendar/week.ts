/** The week that is listed, a Monday, and how many events every calendar has in it. */
export const WEEK = '2030-05-06';
export const ROWS = 10;
