Feature: Removing
  A Daywatch that is deleted takes everything along but its data, unless it is told to. It asks nothing, and never hangs.

  Background:
    Given a cluster with an operator
    And an installation of version "0.1.0"

  Scenario: The data stays
    When the Daywatch is deleted
    Then the Daywatch is gone
    And there is no Deployment "daywatch-restapi"
    And there is no StatefulSet "daywatch-database"
    And there is a PersistentVolumeClaim "data-daywatch-database-0"
    And there is a Secret "daywatch-database"

  Scenario: It comes back, and finds its data
    Given the password of the database is noted
    When the Daywatch is deleted
    Then the Daywatch is gone
    Given an installation of version "0.1.0"
    Then the password of the database is the same

  Scenario: It comes back, and the passwords of its data are lost
    Given the Secret "daywatch-database" is noted
    When the Daywatch is deleted
    Then the Daywatch is gone
    When somebody deletes the Secret "daywatch-database"
    And somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then it says that "DatabaseReady" is "False" because of "SecretLost"
    And it says of "Degraded": "PersistentVolumeClaim 'data-daywatch-database-0'"
    And there is no Secret "daywatch-database"
    When somebody puts back what was noted
    Then the Daywatch becomes "Available"
    And the password of the database is the same

  Scenario: Its passwords are lost while it serves
    When somebody deletes the Secret "daywatch-database"
    And the Daywatch is changed to
      """
      spec: { replicas: 3 }
      """
    Then it says that "DatabaseReady" is "False" because of "SecretLost"
    And there is no Secret "daywatch-database"
    And every part has 3 replicas

  Scenario: The data goes too
    When the Daywatch is changed to
      """
      spec: { deletionPolicy: Delete }
      """
    And the Daywatch is deleted
    Then the Daywatch is gone
    And there is no PersistentVolumeClaim "data-daywatch-database-0"
    And there is no Secret "daywatch-database"

  @test-server
  Scenario: The data stays, and what is left cannot be looked at
    Given get requests for secrets are answered with 403
    When the Daywatch is deleted
    Then the Daywatch is gone
    And there is a PersistentVolumeClaim "data-daywatch-database-0"

  @test-server
  Scenario Outline: The data should go, and what is left cannot be looked at
    Given get requests for secrets are answered with <status>
    When the Daywatch is changed to
      """
      spec: { deletionPolicy: Delete }
      """
    And the Daywatch is deleted
    Then it says of "Progressing": "cannot see what is left"
    And there is no StatefulSet "daywatch-database"
    When all requests are answered as they should be again
    Then the Daywatch is gone
    And there is no Secret "daywatch-database"

    Examples:
      | status |
      | 403    |
      | 500    |

  @test-server
  Scenario Outline: After five minutes nothing holds it
    Given the clock of the cluster is 6 minutes behind
    And <verb> requests for <resource> are answered with <status>
    When the Daywatch is changed to
      """
      spec: { deletionPolicy: Delete }
      """
    And the Daywatch is deleted
    Then the Daywatch is gone

    Examples:
      | verb   | resource               | status |
      | get    | secrets                | 403    |
      | get    | secrets                | 500    |
      | delete | persistentvolumeclaims | 403    |
      | delete | persistentvolumeclaims | 500    |
      | delete | persistentvolumeclaims | 503    |

  @test-server
  Scenario: The data should go, and may not be deleted
    Given delete requests for persistentvolumeclaims are answered with 403
    When the Daywatch is changed to
      """
      spec: { deletionPolicy: Delete }
      """
    And the Daywatch is deleted
    Then it says of "Progressing": "PersistentVolumeClaim 'data-daywatch-database-0' in namespace 'demo' could not be deleted"
    When all requests are answered as they should be again
    Then the Daywatch is gone
    And there is no PersistentVolumeClaim "data-daywatch-database-0"

  @test-server
  Scenario: While an upgrade has halted
    Given the migrations of "0.2.0" fail
    When the Daywatch is changed to version "0.2.0"
    Then it says that "Degraded" is "True" because of "MigrationFailed"
    When the Daywatch is deleted
    Then the Daywatch is gone
