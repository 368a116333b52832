Feature: What processes tell of themselves
  Whoever runs the system sees how each process is, and what it does.

  Scenario Outline: <process> says how it is
    Then the <process> is ready, and well

    Examples:
      | process   |
      | api       |
      | scheduler |
      | sender    |
      | checker   |
      | restapi   |
      | gometr    |

  Scenario: gometr says who it is and what it has checked
    Then gometr's health names the service, and checks that are each well or warn
    And gometr takes no POST of its health

  Scenario: The API counts requests by method and status
    Given Alice keeps a calendar in Europe/Berlin
    When the counters of the api are noted
    And Alice adds "Dentist" on 2031-05-05 from 09:00 to 10:00
    And Alice adds "Lunch" on 2031-05-05 from 09:00 to 10:00
    Then it is refused because the time is taken
    And the api has counted at least 1 more api_requests_total{method="CreateEvent",code="OK"}
    And the api has counted at least 1 more api_requests_total{method="CreateEvent",code="FAILED_PRECONDITION"}
    And the api has counted at least 2 more api_request_duration_seconds_count{method="CreateEvent"}

  Scenario: A reminder is counted where it is published, and where it is sent
    Given Alice keeps a calendar in Europe/Berlin
    And Alice has reminders sent to a receiver of her own
    When the counters of the scheduler are noted
    And the counters of the sender are noted
    And Alice adds "Dentist", which starts in 600 seconds, with a reminder 1 hour before
    Then the scheduler has counted at least 1 more calendar_reminders_claimed_total
    And the scheduler has counted at least 1 more calendar_reminders_confirmed_total
    And the sender has counted at least 1 more calendar_reminders_sent_total{channel="webhook"}

  Scenario: The checker counts its checks by what came of them
    When the counters of the checker are noted
    Then the checker has counted at least 1 more monitor_checks_total{status="pass"}
    And the checker has counted at least 1 more monitor_checks_total{status="fail"}
    And the checker has counted at least 1 more monitor_samples_written_total
