export { mapCalendarError } from './errors.ts';
export { registerCalendarRoutes, type CalendarHttpOptions } from './register-calendar-routes.ts';
