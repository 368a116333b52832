@both-protocols
Feature: When somebody is free
  Others may ask what is taken, and learn nothing else.

  Background:
    Given Alice keeps a calendar in Europe/Berlin

  Scenario: What follows at once is one busy time
    Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
    And Alice has "Walk home" on 2031-05-05 from 10:00 to 10:30
    And Alice has "Dinner" on 2031-05-05 from 19:00 to 21:00
    Then from 2031-05-05T00:00:00Z to 2031-05-06T00:00:00Z Alice is busy:
      | start                | end                  |
      | 2031-05-05T07:00:00Z | 2031-05-05T08:30:00Z |
      | 2031-05-05T17:00:00Z | 2031-05-05T19:00:00Z |

  Scenario: What leaves its time free is not in it
    Given Alice has "Holiday" for the whole of 2031-05-05
    And Alice has "Music" on 2031-05-05 from 09:00 to 10:00 with:
      | busy | false |
    Then from 2031-05-05T00:00:00Z to 2031-05-06T00:00:00Z Alice is free

  Scenario: It is cut to the period that was asked for
    Given Alice has "Dentist" on 2031-05-05 from 09:00 to 10:00
    Then from 2031-05-05T07:30:00Z to 2031-05-05T12:00:00Z Alice is busy:
      | start                | end                  |
      | 2031-05-05T07:30:00Z | 2031-05-05T08:00:00Z |

  Scenario: Every occurrence of a series takes its time, however far ahead
    Given Alice has "Standup" on 2031-05-05 from 09:00 to 09:15, every week
    Then from 2090-05-01T00:00:00Z to 2090-05-09T00:00:00Z Alice is busy:
      | start                | end                  |
      | 2090-05-01T07:00:00Z | 2090-05-01T07:15:00Z |
      | 2090-05-08T07:00:00Z | 2090-05-08T07:15:00Z |
