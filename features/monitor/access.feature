Feature: Asking the monitor
  The monitor's API reads, and nothing else. What it refuses it explains, always in the same form.

  Scenario Outline: Nobody reads without a token for the monitor: <token>
    When somebody asks the monitor for targets with <token>
    Then the monitor refuses it with <status> <error>

    Examples:
      | token                       | status | error           |
      | no token                    | 401    | unauthenticated |
      | a token that is made up     | 401    | unauthenticated |
      | a token for the calendar    | 403    | forbidden       |

  Scenario Outline: A wrong question is refused, and says what is allowed: <path>
    When Alice asks the monitor for <path>
    Then the monitor refuses it with 400 invalid_request
    And its explanation names "<wrong>"

    Examples:
      | path                                    | wrong     |
      | /api/v1/checks?num=0                    | num       |
      | /api/v1/checks?num=1001                 | num       |
      | /api/v1/checks?include=everything       | include   |
      | /api/v1/metrics?date_from=yesterday     | date_from |
      | /api/v1/metrics?name=up%7Bjob%3D~%22a%22%7D | name  |
      | /api/v1/metrics?limit=10001             | limit     |
      | /api/v1/metrics?since=2031-05-05        | since     |

  Scenario: What is not there
    When Alice asks the monitor for /api/v1/nothing
    Then the monitor refuses it with 404 not_found

  Scenario: Nothing is changed through it
    When Alice tries to delete /api/v1/targets
    Then the monitor refuses it with 405 method_not_allowed

  Scenario: The last checks: seven, or as many as asked for
    Given gometr has been checked 8 times
    Then Alice finds 7 checks of gometr
    And Alice finds 3 checks of gometr where she asks for 3
    And they are the last ones, oldest first
