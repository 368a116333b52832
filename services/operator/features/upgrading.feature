Feature: Upgrading
  The migrations of the new version run first, once. Then one part after the other is replaced, and each is waited for.
  What fails halts the upgrade, while the old version goes on serving.

  Background:
    Given a cluster with an operator
    And an installation of version "0.1.0"

  Scenario: To the next version
    When the Daywatch is changed to version "0.2.0"
    Then it serves version "0.2.0"
    And every part runs version "0.2.0"
    And the migrations of "0.2.0" ran once
    And the parts were replaced in the order gometr, restapi, checker, calendar-sender, calendar-scheduler, calendar-api
    And none was replaced before the migrations to "0.2.0" were done
    And every part answered all the time
    And nothing is written any more

  @test-server
  Scenario: Migrations that fail
    Given the migrations of "0.2.0" fail
    When the Daywatch is changed to version "0.2.0"
    Then it says that "Degraded" is "True" because of "MigrationFailed"
    And it says that "Progressing" is "False" because of "Halted"
    And every part runs version "0.1.0"
    And there is an event "MigrationFailed" of the Daywatch
    Given the migrations of "0.2.1" succeed
    When the Daywatch is changed to version "0.2.1"
    Then it serves version "0.2.1"
    And it says that "Degraded" is "False" because of "AsExpected"

  @test-server
  Scenario: An image that cannot be pulled
    Given the image "daywatch/checker:0.2.0" cannot be pulled
    When the Daywatch is changed to version "0.2.0"
    And the part "checker" has had its time
    Then it says that "Degraded" is "True" because of "RolloutFailed"
    And it says of "Degraded": "checker 0.2.0 does not become ready"
    And the part "restapi" runs version "0.2.0"
    And the part "calendar-api" runs version "0.1.0"
    And every part answered all the time
    Given the image "daywatch/checker:0.2.0" can be pulled again
    And time goes by
    Then it serves version "0.2.0"

  @test-server
  Scenario: An image of the migrations that cannot be pulled
    Given the image "daywatch/migrate:0.2.0" cannot be pulled
    When the Daywatch is changed to version "0.2.0"
    Then it says of "MigrationsApplied": "ImagePull"
    And every part runs version "0.1.0"
    When the Daywatch is changed to version "0.2.1"
    Then it serves version "0.2.1"

  @test-server
  Scenario: A wrong image of the database
    Given the image "postgres:wrong" cannot be pulled
    When the Daywatch is changed to
      """
      spec: { database: { managed: { image: "postgres:wrong" } } }
      """
    Then it says of "DatabaseReady": "ImagePull"
    When the Daywatch is changed to
      """
      spec: { database: { managed: { image: "postgres:17-bookworm" } } }
      """
    Then it says that "DatabaseReady" is "True" because of "Ready"
    And the Daywatch becomes complete again

  Scenario Outline: A version that is refused
    When the Daywatch is changed to version "<version>"
    Then it says that "Degraded" is "True" because of "<reason>"
    And every part runs version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { upgrade: { allowSkippingVersions: true, allowLoweringVersions: true } }
      """
    Then it serves version "<version>"

    Examples:
      | version | reason         |
      | 0.3.0   | VersionSkipped |
      | 0.0.9   | VersionLowered |

  Scenario: What happens again is one event that counts
    When the Daywatch is changed to version "0.3.0"
    Then it says that "Degraded" is "True" because of "VersionSkipped"
    When the Daywatch is changed to version "0.1.0"
    Then it says that "Degraded" is "False" because of "AsExpected"
    When the Daywatch is changed to version "0.3.0"
    Then the event "VersionSkipped" of "Degraded" counts 2

  @test-server
  Scenario: An upgrade that is paused half way
    Given the image "daywatch/checker:0.2.0" cannot be pulled
    When the Daywatch is changed to version "0.2.0"
    Then it says of "Progressing": "waits for checker"
    When the Daywatch is changed to
      """
      spec: { upgrade: { paused: true } }
      """
    And the image "daywatch/checker:0.2.0" can be pulled again
    And time goes by
    Then it says that "Progressing" is "False" because of "UpgradePaused"
    And the part "checker" runs version "0.2.0"
    And the part "restapi" runs version "0.2.0"
    And the part "calendar-api" runs version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { upgrade: { paused: false } }
      """
    Then it serves version "0.2.0"

  Scenario: An upgrade that waits
    When the Daywatch is changed to
      """
      spec: { version: 0.2.0, upgrade: { paused: true } }
      """
    Then it says that "Progressing" is "False" because of "UpgradePaused"
    And every part runs version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { upgrade: { paused: false } }
      """
    Then it serves version "0.2.0"
