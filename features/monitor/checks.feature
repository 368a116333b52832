Feature: Watching services
  The monitor asks every service how it is, on a schedule of the service's own, and keeps what it hears.

  Scenario: gometr is watched, and well
    Then before long gometr is seen to be well
    And the last checks of gometr are there, oldest first

  @directs:shop
  Scenario: A service that fails is seen to fail, and to be well again
    Given the shop is well, and seen to be
    When the shop answers its health with the status 500
    Then before long the shop is seen to fail: "answered with the status 500"
    When the shop is well again
    Then before long the shop is seen to pass
    And the checks of the shop went from pass to fail to pass

  @directs:shop
  Scenario Outline: The status of the answer decides first, then what it says: <status> and "<body>"
    Given the shop is well, and seen to be
    When the shop answers its health with the status <status> and the body <body>
    Then before long the shop is seen to <state>

    Examples:
      | status | body                                         | state |
      | 503    | {"status":"pass"}                            | fail  |
      | 200    | {"status":"fail"}                            | fail  |
      | 200    | {"status":"warn"}                            | warn  |
      | 200    | {"status":"down","serviceId":"shop-1"}       | fail  |

  @directs:bakery
  Scenario: What is wrong within a service is told
    Given the bakery is well, and seen to be
    When the bakery answers its health with the status 500 and the body {"status":"fail","checks":{"oven":{"status":"fail","output":"it is cold"}}}
    Then before long the bakery is seen to fail: "oven (fail: it is cold)"

  @directs:bakery
  Scenario: A warning is not a failure
    Given the bakery is well, and seen to be
    When the bakery answers its health with the status 200 and the body {"status":"warn"}
    Then before long the bakery is seen to warn
    And its next checks read as pass

  @directs:library
  Scenario: A service that hangs fails by its time limit, and holds up no other
    Given the library is well, and seen to be
    When the library never answers its health
    Then before long the library is seen to fail: "took longer than"
    And gometr is checked meanwhile

  Scenario: A service that is not there fails, and the reason is kept
    Then before long nowhere is seen to fail: "127.0.0.1"

  Scenario: Any page that answers can be watched
    Then before long the page is seen to pass

  @directs:page
  Scenario: A page that answers otherwise than expected fails
    Given the page is well, and seen to be
    When the page answers with the status 404
    Then before long the page is seen to fail: "404"

  Scenario: What the monitor signs in with is told to nobody
    Then before long the vault is seen to pass
    And nobody is told "open-sesame"
