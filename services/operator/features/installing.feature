Feature: Installing
  An installation is a few lines of YAML. The operator makes the rest of it, and says how far it is.

  Background:
    Given a cluster with an operator

  Scenario: From a few lines to a working application
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then the Daywatch becomes "Available"
    And it says that "Progressing" is "False" because of "Complete"
    And it says that "MigrationsApplied" is "True" because of "Applied"
    And it says that "DatabaseReady" is "True" because of "Ready"
    And it serves version "0.1.0"
    And the migrations of "0.1.0" ran once
    And every part runs version "0.1.0"
    And nothing is written any more

  @test-server
  Scenario: A database of one's own
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec:
        version: 0.1.0
        database: { secretName: my-database }
      """
    Then it says that "DatabaseReady" is "False" because of "SecretMissing"
    And it says of "Degraded": "Secret 'my-database' in namespace 'demo': there is none"
    When somebody applies
      """
      apiVersion: v1
      kind: Secret
      metadata: { name: my-database, namespace: demo }
      stringData: { owner-dsn: a, calendar-dsn: b, checker-dsn: c, restapi-dsn: d }
      """
    Then the Daywatch becomes "Available"
    And there is no StatefulSet "daywatch-database"

  Scenario: Its configuration changes
    Given an installation of version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { parts: { restapi: { configuration: { log_level: debug } } } }
      """
    Then the configuration of "restapi" says "log_level" is "debug"
    And the Deployment "daywatch-restapi" gets new pods
    And the Daywatch becomes complete again
    And the Deployment "daywatch-gometr" has kept its pods

  Scenario: A key that follows from the installation cannot be set
    Given an installation of version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { parts: { restapi: { configuration: { http: { port: 80 } } } } }
      """
    Then it says that "Degraded" is "True" because of "InvalidSpecification"
    And it says of "Degraded": "spec.parts.restapi.configuration.http.port"
    And every part runs version "0.1.0"
    When somebody deletes the Deployment "daywatch-calendar-api"
    Then it says that "Available" is "False" because of "PartsMissing"
    And it says of "Available": "calendar-api"
    When the Daywatch is changed to
      """
      spec: { parts: { restapi: { configuration: { http: null } } } }
      """
    Then the Daywatch becomes "Available"
    And the Daywatch becomes complete again

  Scenario: More replicas
    Given an installation of version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { replicas: 4 }
      """
    Then every part has 4 replicas
    And the Daywatch becomes complete again
    And the Deployment "daywatch-restapi" has kept its pods

  Scenario: A part that is not wanted any more
    Given an installation of version "0.1.0"
    When the Daywatch is changed to
      """
      spec:
        parts: { gometr: { enabled: false } }
        ingress: { host: calendar.example }
      """
    Then there is no Deployment "daywatch-gometr"
    And there is no Service "daywatch-gometr"
    And there is a Ingress "daywatch-calendar-api"
    When the Daywatch is changed to
      """
      spec: { ingress: null }
      """
    Then there is no Ingress "daywatch-calendar-api"

  Scenario: A broker comes and goes
    Given an installation of version "0.1.0"
    When the Daywatch is changed to
      """
      spec: { broker: { managed: {} } }
      """
    Then there is a StatefulSet "daywatch-broker"
    And the Daywatch becomes complete again
    When the Daywatch is changed to
      """
      spec: { broker: null }
      """
    Then there is no StatefulSet "daywatch-broker"
    And there is no ConfigMap "daywatch-broker"
    And the Daywatch becomes complete again

  @test-server
  Scenario: A webhook is down that all Ingresses have to pass
    Given patch requests for ingresses are answered with 500
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec: { version: 0.1.0, ingress: { host: calendar.example } }
      """
    Then the Daywatch becomes "Available"
    And it says that "Degraded" is "True" because of "ApiServerFailed"
    And it says of "Degraded": "Ingress 'daywatch-calendar-api' in namespace 'demo' could not be written"
    When all requests are answered as they should be again
    Then there is a Ingress "daywatch-calendar-api"
    And it says that "Degraded" is "False" because of "AsExpected"

  @test-server
  Scenario: Secrets may not be read
    Given get requests for secrets are answered with 403
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then it says that "Degraded" is "True" because of "Forbidden"
    And it says that "Progressing" is "False" because of "Halted"
    When all requests are answered as they should be again
    Then the Daywatch becomes "Available"
    And it says that "Degraded" is "False" because of "AsExpected"

  @test-server
  Scenario: Another database
    Given an installation of version "0.1.0"
    And somebody applies
      """
      apiVersion: v1
      kind: Secret
      metadata: { name: my-database, namespace: demo }
      stringData: { owner-dsn: postgres://a@db/a, calendar-dsn: b, checker-dsn: c, restapi-dsn: d }
      """
    When the Daywatch is changed to
      """
      spec: { database: { secretName: my-database, managed: null } }
      """
    Then the migrations of "0.1.0" ran 2 times
    And it says that "MigrationsApplied" is "True" because of "Applied"
    And the Daywatch becomes complete again

  Scenario: The data goes with the Daywatch at most, and with nothing else
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec: { version: 0.1.0, deletionPolicy: Delete }
      """
    Then the Daywatch becomes "Available"
    Given the StatefulSet "daywatch-database" is remembered
    And the Pod "daywatch-database-0" is remembered
    And the PersistentVolumeClaim "data-daywatch-database-0" is remembered
    When somebody deletes the StatefulSet "daywatch-database"
    Then there is another StatefulSet "daywatch-database"
    And there is another Pod "daywatch-database-0"
    And it is still the same PersistentVolumeClaim "data-daywatch-database-0"

  @test-server
  Scenario: There is a quota for Secrets that is used up
    Given create requests for secrets are answered with 403
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: daywatch, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then it says that "Degraded" is "True" because of "Forbidden"
    And there is a Service "daywatch-database"
    When all requests are answered as they should be again
    Then the Daywatch becomes "Available"
    And it says that "Degraded" is "False" because of "AsExpected"
