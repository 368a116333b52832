@both-protocols
Feature: Looking at a day, a week, a month
  A listing holds every event that overlaps the period, in the order in which they begin. A period is one of the
  calendar's own time zone, unless another is asked for.

  Background:
    Given Alice keeps a calendar in Europe/Berlin

  Scenario: A day, with what began before it, and without what has ended
    Given Alice has "Late shift" from 2031-05-04 at 20:00 to 2031-05-05 at 00:00
    And Alice has "Night shift" from 2031-05-04 at 22:00 to 2031-05-05 at 06:00 with:
      | busy | false |
    And Alice has "Dinner" on 2031-05-05 from 19:00 to 21:00
    And Alice has "Dentist" on 2031-05-05 from 09:00 to 09:45
    And Alice has "Breakfast" on 2031-05-06 from 00:00 to 01:00
    When Alice looks at the day 2031-05-05
    Then there are, in this order:
      | title       | start                     | end                       |
      | Night shift | 2031-05-04T22:00:00+02:00 | 2031-05-05T06:00:00+02:00 |
      | Dentist     | 2031-05-05T09:00:00+02:00 | 2031-05-05T09:45:00+02:00 |
      | Dinner      | 2031-05-05T19:00:00+02:00 | 2031-05-05T21:00:00+02:00 |

  Scenario Outline: A <period> holds what is on <date>: <there>
    Given Alice has "Event" on <date> from 12:00 to 13:00
    When Alice looks at the <period> <first>
    Then "Event" is <there>

    Examples: A week has seven days from any day on
      | period | first      | date       | there     |
      | week   | 2031-05-07 | 2031-05-06 | not there |
      | week   | 2031-05-07 | 2031-05-07 | there     |
      | week   | 2031-05-07 | 2031-05-13 | there     |
      | week   | 2031-05-07 | 2031-05-14 | not there |

    Examples: A month goes to the same day of the next, or to its last
      | period | first      | date       | there     |
      | month  | 2031-05-01 | 2031-05-31 | there     |
      | month  | 2031-05-01 | 2031-06-01 | not there |
      | month  | 2031-05-15 | 2031-06-14 | there     |
      | month  | 2031-05-15 | 2031-06-15 | not there |
      | month  | 2031-01-31 | 2031-02-27 | there     |
      | month  | 2031-01-31 | 2031-02-28 | not there |

  Scenario Outline: The day of the clock change has <hours> hours: at <instant> something is <there>
    Given Alice has "Event" on 2031-01-01 at 00:00 for 10 minutes with:
      | start | <instant> |
    When Alice looks at the day <date>
    Then "Event" is <there>

    Examples: In spring
      | hours | date       | instant              | there     |
      | 23    | 2031-03-30 | 2031-03-29T22:50:00Z | not there |
      | 23    | 2031-03-30 | 2031-03-29T23:00:00Z | there     |
      | 23    | 2031-03-30 | 2031-03-30T21:50:00Z | there     |
      | 23    | 2031-03-30 | 2031-03-30T22:00:00Z | not there |

    Examples: In autumn
      | hours | date       | instant              | there     |
      | 25    | 2031-10-26 | 2031-10-25T21:50:00Z | not there |
      | 25    | 2031-10-26 | 2031-10-25T22:00:00Z | there     |
      | 25    | 2031-10-26 | 2031-10-26T22:50:00Z | there     |
      | 25    | 2031-10-26 | 2031-10-26T23:00:00Z | not there |

  Scenario: A week and a month with a clock change go from midnight to midnight
    Given Alice has "First" on 2031-03-24 from 00:00 to 00:10
    And Alice has "Last" on 2031-03-30 from 23:50 to 23:59
    And Alice has "Next" on 2031-03-31 from 00:00 to 00:10
    When Alice looks at the week 2031-03-24
    Then there are only "First, Last"
    When Alice looks at the month 2031-02-28
    Then there are only "First"
    When Alice looks at the month 2031-03-30
    Then there are only "Last, Next"

  Scenario: The day of another place
    Given Alice has "Call" on 2031-05-05 from 23:00 to 23:30
    When Alice looks at the day 2031-05-06 in Asia/Tokyo
    Then there are only "Call"
    When Alice looks at the day 2031-05-05 in Asia/Tokyo
    Then there is nothing

  Scenario: Every occurrence of a series is one of the listing
    Given Alice has "Standup" on 2031-05-05 from 09:00 to 09:15, every day
    When Alice looks at the week 2031-05-05
    Then there are 7 occurrences of "Standup"

  Scenario: A long listing comes in pages, and nothing is lost or doubled between them
    Given Alice has "Standup" on 2031-05-05 from 09:00 to 09:15, every day, 25 times
    When Alice reads from 2031-05-01T00:00:00Z to 2031-06-30T00:00:00Z in pages of 10
    Then the pages have 10, 10 and 5 occurrences, none twice

  Scenario Outline: A period that is none: <what>
    When Alice looks at the day <date> in <zone>
    Then it is refused because the question is not valid: <wrong>

    Examples:
      | what        | date       | zone            | wrong     |
      | no such day | 2031-02-30 | Europe/Berlin   | date      |
      | no such zone| 2031-05-05 | Europe/Atlantis | time_zone |

  Scenario: Finding an event by the beginnings of its words, wherever they stand
    Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00 with:
      | location | Königstraße 5 |
    And Alice has "Lunch" on 2031-05-05 from 12:00 to 13:00
    When Alice searches for "konig DENT"
    Then there are only "Dentist"
