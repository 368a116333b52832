Feature: Healing
  What somebody changes of an installation behind the operator's back is put back. What others add is left alone.

  Background:
    Given a cluster with an operator
    And an installation of version "0.1.0"

  Scenario: Somebody deletes a Service
    Given the Service "daywatch-restapi" is remembered
    When somebody deletes the Service "daywatch-restapi"
    Then there is another Service "daywatch-restapi"
    And the Daywatch becomes complete again

  Scenario: Somebody changes an image
    When somebody changes the Deployment "daywatch-restapi" to
      """
      spec: { template: { spec: { containers: [{ name: restapi, image: evil }] } } }
      """
    Then the Deployment "daywatch-restapi" is put back
    And every part runs version "0.1.0"
    And the Daywatch becomes complete again

  Scenario: Somebody changes which pods a Service leads to
    When somebody changes the Service "daywatch-restapi" to
      """
      spec: { selector: { extra: label } }
      """
    Then the Service "daywatch-restapi" is put back

  Scenario: Somebody opens a port
    When somebody changes the NetworkPolicy "daywatch-restapi" to
      """
      spec: { ingress: [{ ports: [{ protocol: TCP, port: 22 }] }] }
      """
    Then the NetworkPolicy "daywatch-restapi" is put back

  Scenario: Somebody takes pods out of a NetworkPolicy
    When somebody changes the NetworkPolicy "daywatch-restapi" to
      """
      spec: { podSelector: { matchLabels: { extra: label } } }
      """
    Then the NetworkPolicy "daywatch-restapi" is put back

  Scenario: Somebody else adds what is theirs
    When somebody applies as "an-autoscaler"
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: daywatch-restapi
        namespace: demo
        annotations: { example.org/note: mine }
      """
    And the Daywatch is changed to
      """
      spec: { replicas: 3 }
      """
    Then every part has 3 replicas
    And the Deployment "daywatch-restapi" has the annotation "example.org/note" "mine"

  Scenario: An object of the same name that belongs to somebody else
    Given somebody applies
      """
      apiVersion: v1
      kind: Service
      metadata: { name: other-restapi, namespace: demo, labels: { app: legacy } }
      spec: { selector: { app: legacy }, ports: [{ port: 80, protocol: TCP, targetPort: 80 }] }
      """
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: other, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then the Daywatch "other" says that "Degraded" is "True" because of "ObjectConflict"
    And the Daywatch "other" says of "Degraded": "Service 'other-restapi' in namespace 'demo' was not made by this operator and is left alone"
    And the Daywatch "other" becomes "Available"
    And the Service "other-restapi" has the label "app" "legacy"
    When somebody deletes the Service "other-restapi"
    Then the Daywatch "other" says that "Degraded" is "False" because of "AsExpected"

  Scenario: A Job of the same name that belongs to somebody else
    Given somebody applies
      """
      apiVersion: batch/v1
      kind: Job
      metadata: { name: other-migrate, namespace: demo, labels: { app: legacy } }
      spec:
        suspend: true
        template: { spec: { restartPolicy: Never, containers: [{ name: legacy, image: legacy }] } }
      """
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: other, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then the Daywatch "other" says that "Degraded" is "True" because of "ObjectConflict"
    And the Daywatch "other" says of "Degraded": "Job 'other-migrate' in namespace 'demo' was not made by this operator and is left alone"
    When somebody deletes the Job "other-migrate"
    Then the Daywatch "other" becomes "Available"
    And the Daywatch "other" says that "Degraded" is "False" because of "AsExpected"

  @test-server
  Scenario: One broken installation does not stop the others
    Given writing of Deployments named "broken-restapi" is refused
    When somebody applies
      """
      apiVersion: daywatch.dev/v1alpha1
      kind: Daywatch
      metadata: { name: broken, namespace: demo }
      spec: { version: 0.1.0 }
      """
    Then the Daywatch "broken" says that "Degraded" is "True" because of "Forbidden"
    When the Daywatch is changed to
      """
      spec: { replicas: 3 }
      """
    Then every part has 3 replicas
    And the Daywatch becomes complete again
